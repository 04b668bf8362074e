/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.examples.buildctl.flag.FlagException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Passes bytes between standard input and output and the daemon's socket, for programs that connect through others. */
@Command(name = "dial-stdio", hidden = true, description = "pass bytes to the daemon and back")
final class DialStdio implements Callable<Integer> {
  private static final String UNIX = "unix://";
  private static final String DEFAULT = "unix:///run/buildkit/buildkitd.sock";
  private static final int CHUNK = 64 * 1024;

  private final Invocation invocation;

  DialStdio(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    String given = invocation.options().address(invocation.shell());
    String socket = socket(given.isEmpty() ? DEFAULT : given);
    try (SocketChannel daemon = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      daemon.connect(UnixDomainSocketAddress.of(socket));
      Thread upwards = new Thread(() -> send(invocation.shell().in(), daemon), "buildctl-stdin");
      // Nothing ends a read of standard input, so nothing waits for it.
      upwards.setDaemon(true);
      upwards.start();
      receive(daemon, invocation.out());
      return 0;
    } catch (IOException e) {
      throw new IOException("dial unix " + socket + ": " + e.getMessage(), e);
    }
  }

  private static String socket(String address) {
    int colon = address.indexOf("://");
    if (colon < 0) {
      throw new FlagException("invalid address " + address);
    }
    String scheme = address.substring(0, colon);
    if (!address.startsWith(UNIX)) {
      throw new FlagException(
          "invalid address " + address + " (expected unix://, got " + scheme + "://)");
    }
    return address.substring(UNIX.length());
  }

  /** A daemon that is gone ends the other direction, which tells of it. */
  private static void send(InputStream in, SocketChannel daemon) {
    try {
      byte[] chunk = new byte[CHUNK];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, count);
        while (bytes.hasRemaining()) {
          daemon.write(bytes);
        }
      }
      daemon.shutdownOutput();
    } catch (IOException e) {
      closeQuietly(daemon);
    }
  }

  private static void closeQuietly(SocketChannel daemon) {
    try {
      daemon.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }

  private static void receive(SocketChannel daemon, OutputStream out) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    while (daemon.read(chunk) >= 0) {
      out.write(chunk.array(), 0, chunk.position());
      out.flush();
      chunk.clear();
    }
  }
}
