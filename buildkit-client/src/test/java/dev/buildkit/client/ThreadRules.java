/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.ConstructorCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/** Tells where threads come from. */
final class ThreadRules {
  /** Calls that make a thread, or take one of a pool that belongs to nobody. */
  static final DescribedPredicate<JavaCall<?>> STARTS_THREADS = DescribedPredicate.describe(
      "start threads", call -> makes(call) || isAnonymousPool(call) || usesCommonPool(call));

  private static boolean makes(JavaCall<?> call) {
    JavaClass type = call.getTargetOwner();
    return call.getTarget() instanceof ConstructorCallTarget
        && (type.isAssignableTo(Thread.class)
            || type.isAssignableTo(ExecutorService.class)
            || type.isAssignableTo(Timer.class));
  }

  private static boolean isAnonymousPool(JavaCall<?> call) {
    JavaClass type = call.getTargetOwner();
    return type.isEquivalentTo(Executors.class) || type.isEquivalentTo(ForkJoinPool.class);
  }

  private static boolean usesCommonPool(JavaCall<?> call) {
    return call.getTargetOwner().isEquivalentTo(CompletableFuture.class)
        && call.getTarget().getName().endsWith("Async")
        && call.getTarget().getRawParameterTypes().stream()
            .noneMatch(type -> type.isEquivalentTo(Executor.class));
  }

  private ThreadRules() {}
}
