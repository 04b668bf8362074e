/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Ends TLS in front of a plain port, as buildkitd does: what is behind it does not see what was agreed upon. */
final class TlsFront implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final SSLServerSocket server;
  private final int plainPort;
  private volatile String agreedOn = "";

  private TlsFront(SSLServerSocket server, int plainPort) {
    this.server = server;
    this.plainPort = plainPort;
  }

  /** Starts one on a free port of the loopback interface. */
  static TlsFront of(int plainPort, SSLContext context, Consumer<SSLServerSocket> settings)
      throws IOException {
    SSLServerSocket server = (SSLServerSocket) context
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    settings.accept(server);
    TlsFront front = new TlsFront(server, plainPort);
    front.threads.execute(front::accept);
    return front;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Returns the version of TLS and the application protocol of the last connection. */
  String agreedOn() {
    return agreedOn;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        SSLSocket client = (SSLSocket) server.accept();
        sockets.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void serve(SSLSocket client) {
    try (client;
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), plainPort)) {
      sockets.add(plain);
      client.startHandshake();
      agreedOn = client.getSession().getProtocol() + " " + client.getApplicationProtocol();
      threads.execute(() -> copy(client, plain));
      copy(plain, client);
    } catch (IOException e) {
      // The client does not trust it, or the other way round.
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of the two was closed.
    }
  }
}
