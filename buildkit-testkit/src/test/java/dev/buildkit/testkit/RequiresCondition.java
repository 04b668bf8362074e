/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.BuildKitClient;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/** Asks the daemon that the tests share once in a run for each capability that a test requires. */
final class RequiresCondition implements ExecutionCondition {
  private static final Namespace NAMESPACE = Namespace.create(RequiresCondition.class);

  /** Asks for one capability. */
  private interface Question {
    Optional<String> lack(BuildKitClient client) throws InterruptedException;
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return context.getElement().stream()
        .flatMap(it -> AnnotationSupport.findAnnotation(it, Requires.class).stream())
        .flatMap(requires -> lacks(requires, context))
        .findFirst()
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(
            () -> ConditionEvaluationResult.enabled("the daemon lacks nothing that is required"));
  }

  private static Stream<String> lacks(Requires requires, ExtensionContext context) {
    return Stream.concat(
        Arrays.stream(requires.value()).flatMap(it -> lack(it.name(), it::lack, context).stream()),
        Arrays.stream(requires.llb())
            .flatMap(it -> lack(it, client -> LlbCapability.lack(client, it), context).stream()));
  }

  private static Optional<String> lack(String name, Question question, ExtensionContext context) {
    String lack = requireNonNull(context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(name, it -> ask(it, question, context), String.class));
    return lack.isEmpty() ? Optional.empty() : Optional.of(name + ": " + lack);
  }

  private static String ask(String name, Question question, ExtensionContext context) {
    Daemon daemon = BuildkitdExtension.create().search(context);
    if (!daemon.problem().isEmpty()) {
      return ""; // the extension itself will say so
    }
    try (BuildKitClient client = daemon.connect()) {
      return question.lack(client).orElse("");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the daemon was asked for " + name, e);
    }
  }
}
