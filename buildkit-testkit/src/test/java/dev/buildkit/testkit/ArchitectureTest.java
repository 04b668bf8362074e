/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What keeps the testkit a thin layer above the client's API, JUnit and Testcontainers. */
@AnalyzeClasses(packages = "dev.buildkit.testkit", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTheApiOfTheClientAndJunitAreUsed = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "java..",
          "org.jspecify..",
          "org.junit.jupiter.api..",
          "org.opentest4j..",
          "org.testcontainers..",
          "org.rnorth.ducttape..",
          "dev.buildkit.client",
          "dev.buildkit.client.error",
          "dev.buildkit.client.transport",
          "dev.buildkit.testkit");

  @ArchTest
  static final ArchRule publicClassesAreFinal =
      classes().that().arePublic().should().haveModifier(JavaModifier.FINAL);

  /** All others must load where Testcontainers is missing. */
  @ArchTest
  static final ArchRule onlyContainersUseTestcontainers = noClasses()
      .that()
      .haveNameNotMatching(".*\\.(BuildkitdContainer|BuildkitdRuns|ContainerDaemon)")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("org.testcontainers..", "org.rnorth..");

  /** Except those of a container, which Testcontainers wants to be configured in place. */
  @ArchTest
  static final ArchRule fieldsAreFinal =
      fields().that().areNotDeclaredIn(BuildkitdContainer.class).should().beFinal();

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule locksArePrivate = noMethods().should().haveModifier(SYNCHRONIZED);

  @ArchTest
  static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule nothingIsLogged =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");
}
