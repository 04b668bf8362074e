/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Lets each package below a root use those packages below it that a table names for it. */
final class LayerTable extends ArchCondition<JavaClass> {
  private final String root;
  private final Map<String, Set<String>> mayUse;

  private LayerTable(String root, Map<String, Set<String>> mayUse) {
    super("use only what the table of layers allows");
    this.root = root;
    this.mayUse = mayUse;
  }

  /**
   * Reads a table.
   *
   * @param rows one for each package, such as {@code session: file error}; the root is called {@code .}
   */
  static LayerTable of(String root, String rows) {
    return new LayerTable(
        root,
        rows.lines()
            .map(row -> row.split(":", 2))
            .collect(toMap(
                row -> fullName(root, row[0].strip()),
                row -> Stream.of(row[1].strip().split(" +"))
                    .map(name -> fullName(root, name))
                    .collect(toSet()))));
  }

  @Override
  public void check(JavaClass user, ConditionEvents events) {
    Set<String> allowed = mayUse.get(user.getPackageName());
    if (allowed == null) {
      events.add(violated(user, user.getName() + " is in a package without a row in the table"));
      return;
    }
    for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
      String used = dependency.getTargetClass().getBaseComponentType().getPackageName();
      boolean own = used.equals(user.getPackageName());
      if (!own && isBelowRoot(used) && !allowed.contains(used)) {
        events.add(violated(dependency, dependency.getDescription()));
      }
    }
  }

  private boolean isBelowRoot(String name) {
    return name.equals(root) || name.startsWith(root + ".");
  }

  private static String fullName(String root, String name) {
    return name.equals(".") ? root : root + "." + name;
  }
}
