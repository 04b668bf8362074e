/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.BuildKitClient;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/** Asks the daemon that the tests share once in a run for each capability that a test requires. */
final class RequiresCondition implements ExecutionCondition {
  private static final Namespace NAMESPACE = Namespace.create(RequiresCondition.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<Requires> requires =
        context.getElement().flatMap(it -> AnnotationSupport.findAnnotation(it, Requires.class));
    for (Capability capability : requires.map(Requires::value).orElse(new Capability[0])) {
      String lack = lack(capability, context);
      if (!lack.isEmpty()) {
        return ConditionEvaluationResult.disabled(capability + ": " + lack);
      }
    }
    return ConditionEvaluationResult.enabled("the daemon lacks nothing that is required");
  }

  private static String lack(Capability capability, ExtensionContext context) {
    return requireNonNull(context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(capability, it -> ask(capability, context), String.class));
  }

  private static String ask(Capability capability, ExtensionContext context) {
    Daemon daemon = BuildkitdExtension.create().search(context);
    if (!daemon.problem().isEmpty()) {
      return ""; // the extension itself will say so
    }
    try (BuildKitClient client = daemon.connect()) {
      return capability.lack(client).orElse("");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the daemon was asked for " + capability, e);
    }
  }
}
