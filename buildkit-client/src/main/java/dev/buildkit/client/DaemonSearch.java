/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the daemon when nobody says where it is, in an environment of the given variables and user.
 *
 * <p>{@code BUILDKIT_HOST} decides where it is set. Else the places where daemons are expected are tried in turn: the user's own
 * BuildKit, that of the system, and the one inside the Docker Engine.
 */
record DaemonSearch(Map<String, String> environment, String user) {
  private static final Logger LOG = LoggerFactory.getLogger(DaemonSearch.class);

  private static final Path SOCKET = Path.of("buildkit", "buildkitd.sock");
  private static final Path SYSTEM_SOCKET = Path.of("/run").resolve(SOCKET);

  /** Opens a connection to one place. */
  @FunctionalInterface
  interface Opener {
    Connection open(Transport transport) throws InterruptedException;
  }

  static DaemonSearch here() {
    return new DaemonSearch(System.getenv(), System.getProperty("user.name", ""));
  }

  /**
   * Returns a connection to the first daemon that answers.
   *
   * @param readyTimeout how long to go round again while none does; zero for a single round
   * @throws BuildKitException if none does; it says why, for each place
   * @throws IllegalArgumentException if {@code BUILDKIT_HOST} is no address
   */
  Connection connect(Duration readyTimeout, Opener opener) throws InterruptedException {
    List<Transport> places = places();
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(readyTimeout);
    while (true) {
      try {
        return goRound(places, opener);
      } catch (BuildKitException e) {
        if (System.nanoTime() - deadline >= 0) {
          throw e;
        }
        // Nothing tells when a daemon starts, and an interrupt ends this.
        var unused = new CountDownLatch(1)
            .await(Connection.RETRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private static Connection goRound(List<Transport> places, Opener opener)
      throws InterruptedException {
    List<BuildKitException> failures = new ArrayList<>();
    for (Transport place : places) {
      try {
        Connection connection = opener.open(place);
        LOG.debug("took the daemon at {}, not those before it: {}", connection.address(), failures);
        return connection;
      } catch (BuildKitException e) {
        failures.add(e);
      }
    }
    throw places.size() == 1 ? failures.get(0) : nobody(failures);
  }

  /** Returns where to look, the best first. */
  List<Transport> places() {
    String host = environment.getOrDefault("BUILDKIT_HOST", "");
    if (!host.isEmpty()) {
      return List.of(fromVariable(host));
    }
    List<Transport> places = new ArrayList<>();
    // The variable may list several directories; the daemon takes the first.
    String runtimeDir = environment.getOrDefault("XDG_RUNTIME_DIR", "").split(":", -1)[0];
    if (!user.equals("root") && !runtimeDir.isEmpty()) {
      Path own = Path.of(runtimeDir).resolve(SOCKET);
      if (Files.exists(own)) {
        places.add(Transport.unix(own));
      }
    }
    places.add(Transport.unix(SYSTEM_SOCKET));
    places.add(Transport.docker());
    return places;
  }

  private static Transport fromVariable(String host) {
    try {
      return Transport.parse(host);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "environment variable BUILDKIT_HOST: " + e.getMessage(), e);
    }
  }

  private static BuildKitException nobody(List<BuildKitException> failures) {
    StringBuilder message = new StringBuilder(
        "no BuildKit answers here; start one, or set BUILDKIT_HOST to its address. Tried were:");
    failures.forEach(failure -> message.append("\n- ").append(failure.getMessage()));
    BuildKitException nobody =
        new BuildKitException(ErrorCode.UNAVAILABLE, message.toString(), failures.get(0));
    failures.stream().skip(1).forEach(nobody::addSuppressed);
    return nobody;
  }
}
