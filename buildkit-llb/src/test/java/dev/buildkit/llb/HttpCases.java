/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.DIGEST_A;

/** The graphs of the group {@code http}. */
final class HttpCases {
  private static final HttpSource FILE = HttpSource.of("https://example.com/f");

  static final Cases CASES = new Cases("http")
      .graph("plain", () -> State.from(HttpSource.of("https://example.com/file.tar.gz")))
      .graph("checksum", () -> State.from(FILE.checksum(Digest.parse(DIGEST_A))))
      .graph("filename", () -> State.from(FILE.filename("out.txt")))
      .graph("perm", () -> State.from(FILE.chmod(0755)))
      .graph("perm_masked", () -> State.from(FILE.chmod(04755)))
      .graph("uid_only", () -> State.from(FILE.chown(1000, 0)))
      .graph("chown_zero", () -> State.from(FILE.chown(0, 0).chmod(0)))
      .graph("auth_header", () -> State.from(FILE.authHeaderSecret("SECRET")))
      .graph("header_both", () -> State.from(FILE.accept("text/plain").userAgent("x/1")))
      .graph("header_empty", () -> State.from(FILE.accept("")))
      .graph("signature", () -> State.from(FILE.verifyPgpSignature("PUB\n", "SIG\n")));

  private HttpCases() {}
}
