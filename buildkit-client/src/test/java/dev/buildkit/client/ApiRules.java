/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.HashSet;
import java.util.Set;

/** Says what users can see of the client, and what of it may be there. */
final class ApiRules {
  /** Types that users can name: public ones in public ones, outside of internal packages. */
  static final DescribedPredicate<JavaClass> API = describe("are API", ApiRules::isApi);

  /** Members that users can call or override. */
  static final DescribedPredicate<JavaMember> API_MEMBERS = describe(
      "are API members",
      member -> isApi(member.getOwner())
          && (member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED)));

  /** Types that the API may mention: the JDK's and our own. */
  static final DescribedPredicate<JavaClass> SHOWABLE = describe(
      "types of the JDK or of our own API",
      type -> type.isPrimitive() || isOfJdk(type.getPackageName()) || isApi(type));

  static ArchCondition<JavaMember> mentionOnly(DescribedPredicate<JavaClass> types) {
    return new ArchCondition<>("mention only " + types.getDescription()) {
      @Override
      public void check(JavaMember member, ConditionEvents events) {
        Set<JavaClass> mentioned = new HashSet<>(member.getAllInvolvedRawTypes());
        if (member instanceof JavaCodeUnit code) {
          code.getThrowsClause().forEach(thrown -> mentioned.add(thrown.getRawType()));
        }
        for (JavaClass type : mentioned) {
          if (!types.test(type.getBaseComponentType())) {
            events.add(violated(member, member.getDescription() + " mentions " + type.getName()));
          }
        }
      }
    };
  }

  static ArchCondition<JavaClass> beClosedToHeirs() {
    return new ArchCondition<>("be final or sealed") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.isSealed() && !type.getModifiers().contains(FINAL)) {
          events.add(violated(type, type.getName() + " is neither final nor sealed"));
        }
      }
    };
  }

  private static boolean isOfJdk(String name) {
    return name.startsWith("java.") || name.equals("javax.net.ssl");
  }

  private static boolean isApi(JavaClass type) {
    String name = type.getPackageName();
    boolean ours = name.equals("dev.buildkit.llb")
        || (name.startsWith("dev.buildkit.client") && !name.contains(".internal"));
    return ours
        && type.getModifiers().contains(PUBLIC)
        && type.getEnclosingClass().map(ApiRules::isApi).orElse(true);
  }

  private ApiRules() {}
}
