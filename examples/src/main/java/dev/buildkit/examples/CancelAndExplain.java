/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.progress.SolveStatus;
import dev.buildkit.client.progress.VertexLog;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.State;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Follows a solve, gives up after a minute, and explains a failure. */
final class CancelAndExplain {
  public static void main(String[] args) throws InterruptedException {
    try (BuildKitClient client = BuildKitClient.connect()) {
      solve(client, State.image("busybox").run("echo working; exit 3").marshal());
    }
  }

  static void solve(BuildKitClient client, Definition definition) throws InterruptedException {
    CompletableFuture<SolveResult> solve = client.solveAsync(SolveRequest.definition(definition)
        .progress(CancelAndExplain::printLogs)
        .build());
    try {
      System.out.println(solve.get(1, TimeUnit.MINUTES).ref());
    } catch (TimeoutException e) {
      solve.cancel(true);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SolveException failure && failure.exitCode().isPresent()) {
        System.err.println("exit code " + failure.exitCode().getAsInt());
      }
      System.err.println(e.getCause());
    }
  }

  private static void printLogs(SolveStatus status) {
    for (VertexLog log : status.logs()) {
      System.out.print(log.message());
    }
  }

  private CancelAndExplain() {}
}
