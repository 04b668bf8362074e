/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.buildkit.client.ApiRules.API;
import static dev.buildkit.client.ApiRules.API_MEMBERS;
import static dev.buildkit.client.ApiRules.SHOWABLE;
import static dev.buildkit.client.ApiRules.beClosedToHeirs;
import static dev.buildkit.client.ApiRules.mentionOnly;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.buildkit.client.internal.channel.ClientThreads;
import dev.buildkit.client.progress.ProgressPrinter;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The shape of the client: layers, an API free of other libraries, threads in one place. */
@AnalyzeClasses(packages = "dev.buildkit.client", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesUseOnlyTheLayersBelowThem =
      classes().should(LayerTable.of("dev.buildkit.client", """
          .:                 internal.json source solve session export progress transport file error internal.session internal.progress internal.grpc internal.channel
          source:            solve session error
          solve:             session export progress file error
          session:           transport internal.session internal.ssh internal.auth internal.docker file error
          export:            transport internal.fsutil internal.channel file error
          progress:          internal.json error
          transport:         internal.docker internal.json internal.pem internal.tls error
          file:              error
          error:
          internal.pem:
          internal.tls:      internal.pem
          internal.ssh:      internal.pem
          internal.session:  internal.ssh internal.fsutil internal.channel internal.json file error
          internal.fsutil:   file error
          internal.progress: progress error
          internal.auth:     internal.docker internal.json error
          internal.docker:   internal.json error
          internal.grpc:     internal.json error
          internal.json:
          internal.channel:  transport internal.json internal.tls internal.grpc error
          """));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.buildkit.(**)").should().beFreeOfCycles();

  /** {@code Attachable.services}: to serve the daemon takes gRPC's word for a service. */
  private static final String ATTACHABLE_DOOR = "services";

  @ArchTest
  static final ArchRule theApiMentionsNoOtherLibrary = members()
      .that(API_MEMBERS)
      .and()
      .doNotHaveName(ATTACHABLE_DOOR)
      .should(mentionOnly(SHOWABLE));

  @ArchTest
  static final ArchRule theApiInheritsFromNoOtherLibrary =
      noClasses().that(API).should().beAssignableTo(not(SHOWABLE));

  @ArchTest
  static final ArchRule publicClassesAreClosedToHeirs =
      classes().that().arePublic().and().areNotInterfaces().should(beClosedToHeirs());

  @ArchTest
  static final ArchRule interfacesOfTheApiAreSealedUnlessUsersImplementThem = classes()
      .that(API.and(INTERFACES))
      .and()
      .doNotHaveSimpleName("ExportTarget")
      .and()
      .doNotHaveSimpleName("FileTree")
      .and()
      .doNotHaveSimpleName("ProgressListener")
      .and()
      .doNotHaveSimpleName("Attachable")
      .and()
      .doNotHaveSimpleName("CredentialProvider")
      .should(beClosedToHeirs());

  @ArchTest
  static final ArchRule valuesOfTheApiAreImmutable = fields()
      .that()
      .areDeclaredInClassesThat(API)
      .and()
      .areDeclaredInClassesThat()
      .doNotHaveSimpleName("Builder")
      .and()
      .areNotDeclaredIn(ProgressPrinter.class)
      .should()
      .beFinal();

  @ArchTest
  static final ArchRule publicFieldsAreConstants =
      fields().that().arePublic().should().beStatic().andShould().beFinal();

  @ArchTest
  static final ArchRule accessorsHaveNoPrefix =
      noMethods().that(API_MEMBERS).should().haveNameMatching("(get|set|with)[A-Z].*");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs = noClasses()
      .should()
      .haveNameMatching(".*[.$](Abstract\\w*|\\w*(Utils?|Helper|Impl|Manager))(\\$.*)?");

  @ArchTest
  static final ArchRule nettyStaysBelowTheChannel = noClasses()
      .that()
      .resideOutsideOfPackage("dev.buildkit.client.internal.channel")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.netty..");

  /** A printer has a thread of its own because it also works without a client. */
  @ArchTest
  static final ArchRule threadsBelongToAClientOrAPrinter = noClasses()
      .that()
      .doNotBelongToAnyOf(ClientThreads.class, ProgressPrinter.class)
      .should()
      .callCodeUnitWhere(ThreadRules.STARTS_THREADS);

  @ArchTest
  static final ArchRule noThreadsOutliveAClient =
      noFields().that().areStatic().should().haveRawType(assignableTo(Executor.class));

  @ArchTest
  static final ArchRule nobodySleeps = noClasses()
      .should()
      .callMethod(Thread.class, "sleep", long.class)
      .orShould()
      .callMethod(TimeUnit.class, "sleep", long.class);

  @ArchTest
  static final ArchRule locksArePrivate = noMethods().should().haveModifier(SYNCHRONIZED);

  @ArchTest
  static final ArchRule theProcessBelongsToTheApplication = noClasses()
      .should()
      .callMethod(System.class, "exit", int.class)
      .orShould()
      .callMethod(Runtime.class, "addShutdownHook", Thread.class);

  /** A stream that a user hands over may be one of them, which has to be found out. */
  @ArchTest
  static final ArchRule nothingIsPrinted =
      noClasses().that().doNotHaveSimpleName("StandardStream").should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule nothingIsLoggedPastSlf4j =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");
}
