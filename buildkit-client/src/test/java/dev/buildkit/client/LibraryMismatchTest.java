/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connects through a class path from which classes are missing, as they are in older versions of Netty. */
@Timeout(120)
class LibraryMismatchTest {
  @Test
  void theVersionsAreNamedWhenNettyLacksTheSocket() throws Exception {
    assertThat(failureWithout("io.netty.channel.socket.nio.NioDomainSocketChannel"))
        .isEqualTo("dev.buildkit.client.error.BuildKitException: connect to unix:///tmp/none.sock:"
            + " a library on the class path does not fit this client (java.lang.NoClassDefFoundError:"
            + " io/netty/channel/socket/nio/NioDomainSocketChannel);"
            + " use Netty 4.1 from 4.1.110 on or Netty 4.2, gRPC 1.63 or later,"
            + " and protobuf-java 3.25.5 or later; found Netty " + version("netty-transport")
            + " and gRPC " + version("grpc-netty"));
  }

  @Test
  void theVersionsAreNamedWhenNettyLacksTheLoop() throws Exception {
    assertThat(failureWithout("io.netty.channel.EventLoopGroup"))
        .startsWith(
            "dev.buildkit.client.error.BuildKitException: connect to unix:///tmp/none.sock: ")
        .contains("(java.lang.NoClassDefFoundError: ", "io/netty/channel/EventLoopGroup")
        .contains("found Netty " + version("netty-transport"));
  }

  @Test
  void aLibraryThatIsMissingIsNamed() throws Exception {
    assertThat(failureWithout("io.grpc.netty.NettyChannelBuilder"))
        .startsWith(
            "dev.buildkit.client.error.BuildKitException: connect to unix:///tmp/none.sock: ")
        .contains("(java.lang.NoClassDefFoundError: ", "io/grpc/netty/NettyChannelBuilder")
        .endsWith("and gRPC nowhere");
  }

  /** Returns what {@code BuildKitClient.connect} throws. */
  private static String failureWithout(String missing) throws Exception {
    try (ClassPath classPath = new ClassPath(missing)) {
      var connect = classPath
          .loadClass("dev.buildkit.client.BuildKitClient")
          .getMethod("connect", String.class);
      connect.invoke(null, "unix:///tmp/none.sock");
      throw new AssertionError("connected");
    } catch (InvocationTargetException e) {
      return String.valueOf(e.getCause());
    }
  }

  private static String version(String library) {
    return ClassPath.entries()
        .map(Path::of)
        .map(jar -> jar.getFileName().toString())
        .filter(name -> name.matches(library + "-[0-9].*\\.jar"))
        .map(name -> name.substring(library.length() + 1, name.length() - ".jar".length()))
        .findFirst()
        .orElseThrow();
  }

  /** The class path of this process without one class. */
  private static final class ClassPath extends URLClassLoader {
    private final String missing;

    ClassPath(String missing) {
      super(entries().map(ClassPath::url).toArray(URL[]::new), getPlatformClassLoader());
      this.missing = missing;
    }

    static Stream<String> entries() {
      // Surefire's own jar lists the class path; this property is what it stands for.
      String classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      return List.of(classPath.split(System.getProperty("path.separator"))).stream();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.equals(missing)) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }

    private static URL url(String entry) {
      try {
        return Path.of(entry).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new AssertionError(e);
      }
    }
  }
}
