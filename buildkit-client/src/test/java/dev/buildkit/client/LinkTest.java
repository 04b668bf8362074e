/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A check that the classes, methods and fields which the SDK uses exist in the libraries on the class path. */
class LinkTest {
  /** Code that never runs on older libraries: the event loop of Netty 4.2, and stubs of gRPC 1.74 which nobody uses. */
  private static final DescribedPredicate<HasName> NOT_RUN =
      nameMatching(".*\\$Loops\\$LoneLoop|.*Grpc\\$.*BlockingV2Stub");

  private static final JavaClass OBJECT = new ClassFileImporter().importClass(Object.class);

  private final JavaClasses sdk = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("dev.buildkit")
      .that(not(NOT_RUN));

  @Test
  void allClassesExist() {
    assertThat(sdk.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> isMissing(dependency.getTargetClass()))
            .map(Dependency::getDescription))
        .isEmpty();
  }

  @Test
  void allMethodsAndFieldsExist() {
    assertThat(sdk.stream()
            .flatMap(LinkTest::targets)
            .filter(target -> !target.getOwner().isArray())
            .filter(target -> target.resolveMember().isEmpty())
            .filter(target -> !isOfObject(target))
            .map(AccessTarget::getFullName)
            .distinct())
        .isEmpty();
  }

  private static Stream<AccessTarget> targets(JavaClass type) {
    return Stream.concat(
        type.getAccessesFromSelf().stream().map(access -> (AccessTarget) access.getTarget()),
        type.getMethodReferencesFromSelf().stream().map(reference -> reference.getTarget()));
  }

  /** Newer compilers name the interface as the owner when a method of {@code Object} is called on one. */
  private static boolean isOfObject(AccessTarget target) {
    return target instanceof AccessTarget.CodeUnitAccessTarget method
        && target.getOwner().isInterface()
        && OBJECT
            .tryGetMethod(
                method.getName(),
                method.getRawParameterTypes().stream()
                    .map(JavaClass::getFullName)
                    .toArray(String[]::new))
            .isPresent();
  }

  private static boolean isMissing(JavaClass type) {
    return !type.getBaseComponentType().isPrimitive()
        && type.getBaseComponentType().getSource().isEmpty();
  }
}
