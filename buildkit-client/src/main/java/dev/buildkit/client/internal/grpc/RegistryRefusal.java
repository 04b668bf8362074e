/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.SolveException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A registry that does not let the daemon in, known by the daemon's words alone: it has no code or
 * detail for that.
 */
public final class RegistryRefusal {
  private static final Pattern SIGN = Pattern.compile("401 Unauthorized|authorization failed"
      + "|insufficient_scope|no basic auth credentials|missing username or secret"
      + "|failed to fetch (oauth|anonymous) token|failed to authorize");

  private static final String HOST = "((?:[\\w.-]+|\\[[\\p{XDigit}:.]+])(?::\\d+)?)";

  /** Where texts name the registry, the surest places first: a token server is often another host. */
  private static final List<Pattern> PLACES = Stream.of(
          "fetch a token for " + HOST + " from ",
          "failed to push " + HOST + "/",
          "(?:source|load) metadata for " + HOST + "/",
          "docker-image://" + HOST + "/",
          "https?://" + HOST + "/v2/",
          "(?:^|: )" + HOST + "/[\\w./-]+(?::[\\w.-]+)?(?:@sha256:\\p{XDigit}+)?: ")
      .map(Pattern::compile)
      .toList();

  private RegistryRefusal() {}

  /** Returns the failure as it is, or with what to do about a registry that it tells of. */
  public static SolveException explain(SolveException failure) {
    return host(failure)
        .map(host ->
            failure.toBuilder().code(ErrorCode.DENIED).addNote(describe(host)).build())
        .orElse(failure);
  }

  /** Where a command failed, the text quotes that command, which may say anything. */
  private static Optional<String> host(SolveException failure) {
    String text = failure.summary() + "\n" + failure.vertexName().orElse("");
    if (failure.exitCode().isPresent() || !SIGN.matcher(failure.summary()).find()) {
      return Optional.empty();
    }
    return PLACES.stream()
        .map(place -> place.matcher(text))
        .filter(Matcher::find)
        .map(found -> name(found.group(1)))
        .findFirst();
  }

  private static String describe(String host) {
    return "the registry " + host + " refused the credentials, or got none; check them, log in with"
        + " 'docker login" + (host.equals("docker.io") ? "" : " " + host)
        + "' and attach RegistryAuth.dockerConfig(), or attach a RegistryAuth with others";
  }

  /** Users know Docker Hub by another name than that of its server. */
  private static String name(String host) {
    return host.equals("registry-1.docker.io") ? "docker.io" : host;
  }
}
