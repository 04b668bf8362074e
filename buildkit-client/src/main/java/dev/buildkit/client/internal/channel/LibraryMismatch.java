/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import java.util.Optional;
import java.util.stream.Stream;

/** The failure to connect with a library on the class path that the client does not work with. */
public final class LibraryMismatch {
  private static final int MAX_CAUSES = 64;

  /** Returns the exception for a failure to connect that a {@link LinkageError} caused, or else nothing. */
  public static Optional<BuildKitException> of(Throwable failure, String address) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(MAX_CAUSES)
        .filter(LinkageError.class::isInstance)
        .findFirst()
        .map(error -> new BuildKitException(ErrorCode.INTERNAL, describe(address, error), failure));
  }

  private static String describe(String address, Throwable error) {
    return "connect to " + address + ": a library on the class path does not fit this client ("
        + error + "); use Netty 4.1 from 4.1.110 on or Netty 4.2, gRPC 1.63 or later, and"
        + " protobuf-java 3.25.5 or later; found Netty " + version("io.netty.channel.Channel")
        + " and gRPC " + version("io.grpc.netty.NettyChannelBuilder");
  }

  /** A shaded library has no version of its own, and neither has a named module. */
  private static String version(String type) {
    try {
      Class<?> library = Class.forName(type, false, LibraryMismatch.class.getClassLoader());
      return Optional.ofNullable(library.getPackage().getImplementationVersion())
          .orElse("of an unknown version");
    } catch (ClassNotFoundException | LinkageError e) {
      return "nowhere";
    }
  }

  private LibraryMismatch() {}
}
