/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A server that takes connections on loopback and never says a word. */
final class SilentRegistry implements AutoCloseable {
  private final ServerSocket server;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();

  SilentRegistry() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var unused = CompletableFuture.runAsync(this::takeConnections, OwnThread.EACH);
  }

  /** Returns a reference to an image that it will never serve. */
  String image() {
    return "127.0.0.1:" + server.getLocalPort() + "/silence:1";
  }

  /** Waits until the daemon asks. */
  void awaitQuestion() throws InterruptedException {
    asked.await();
  }

  /** Waits likewise where an interrupt is a failure of the test. */
  void awaitQuestionUninterrupted() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void takeConnections() {
    try {
      while (true) {
        connections.add(server.accept());
        asked.countDown();
      }
    } catch (IOException e) {
      // Closed, which is the only way to leave.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
