/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The graph is described by values alone: no I/O, no threads, no foreign types in signatures. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("dev.buildkit.llb");

  private static final DescribedPredicate<JavaClass> PUBLIC_API =
      DescribedPredicate.describe("are public API", ArchitectureTest::isPublicApi);

  private static final Set<String> PUBLIC_PACKAGES =
      Set.of("dev.buildkit.llb", "dev.buildkit.llb.graph");

  private static final Set<String> PLAIN_STREAMS = Set.of(
      "java.io.InputStream",
      "java.io.OutputStream",
      "java.io.IOException",
      "java.io.ByteArrayOutputStream");

  @Test
  void nothingReadsWritesConnectsOrRuns() {
    noClasses()
        .should()
        .dependOnClassesThat(new DescribedPredicate<JavaClass>("do I/O or run threads") {
          @Override
          public boolean test(JavaClass type) {
            String name = type.getName();
            return (name.startsWith("java.io.") && !PLAIN_STREAMS.contains(name))
                || name.startsWith("java.net.")
                || name.startsWith("java.nio.file.")
                || name.startsWith("java.nio.channels.")
                || name.startsWith("java.util.concurrent.")
                || name.startsWith("io.grpc.")
                || name.startsWith("io.netty.")
                || name.equals("java.lang.Thread")
                || name.equals("java.lang.ProcessBuilder");
          }
        })
        .check(CLASSES);
  }

  @Test
  void signaturesHoldOnlyTypesOfTheJdkAndOurs() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(PUBLIC_API)
        .and()
        .doNotHaveFullName("dev.buildkit.llb.Definition.toProto()")
        .should(new ArchCondition<JavaMethod>("use types of the JDK and of this package alone") {
          @Override
          public void check(JavaMethod method, ConditionEvents events) {
            Stream.concat(
                    method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
                .map(JavaClass::getBaseComponentType)
                .filter(type -> !type.isPrimitive())
                .filter(type -> !type.getPackageName().startsWith("java."))
                .filter(type -> !isPublicApi(type))
                .forEach(type -> events.add(SimpleConditionEvent.violated(
                    method, method.getFullName() + " shows " + type.getName())));
          }
        })
        .check(CLASSES);
  }

  private static boolean isPublicApi(JavaClass type) {
    return PUBLIC_PACKAGES.contains(type.getPackageName())
        && type.getModifiers().contains(JavaModifier.PUBLIC)
        // What is nested in a hidden interface is public in name only.
        && type.getEnclosingClass().map(ArchitectureTest::isPublicApi).orElse(true);
  }

  @Test
  void allFieldsAreFinal() {
    // Drafts live inside one method call; Json and Shlex hold the place they have read to.
    fields()
        .that()
        .areDeclaredInClassesThat()
        .haveSimpleNameNotEndingWith("Draft")
        .and()
        .areNotDeclaredIn(Json.class)
        .and()
        .areNotDeclaredIn(Shlex.class)
        .should()
        .beFinal()
        .check(CLASSES);
  }

  @Test
  void publicClassesAreFinalOrSealed() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .should(new ArchCondition<JavaClass>("be final or sealed") {
          @Override
          public void check(JavaClass type, ConditionEvents events) {
            boolean closed = type.getModifiers().contains(JavaModifier.FINAL)
                || type.reflect().isSealed();
            if (!closed) {
              events.add(SimpleConditionEvent.violated(type, type.getName() + " is open"));
            }
          }
        })
        .check(CLASSES);
  }

  @Test
  void thePublicTypesStayFew() {
    // Nested types belong to the one around them, as the parts of an operation do.
    Map<String, Long> types = CLASSES.stream()
        .filter(ArchitectureTest::isPublicApi)
        .filter(type -> type.isTopLevelClass())
        .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(types).containsOnlyKeys(PUBLIC_PACKAGES);
    assertThat(types.values()).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(37));
  }

  @Test
  void whatDescribesGraphsKnowsNothingOfReadingThem() {
    noClasses()
        .that()
        .resideInAPackage("dev.buildkit.llb")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.buildkit.llb.graph")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.buildkit.llb.internal")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.buildkit.llb", "dev.buildkit.llb.graph")
        .check(CLASSES);
  }
}
