/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.DIGEST_A;
import static dev.buildkit.llb.Cases.on;

/** The graphs of the groups {@code ocilayout} and {@code blob}. */
final class OciCases {
  static final Cases LAYOUT = new Cases("ocilayout")
      .graph("plain", () -> State.from(OciLayoutSource.of("example.com/foo@" + DIGEST_A)))
      .graph(
          "store",
          () ->
              State.from(OciLayoutSource.of("foo@" + DIGEST_A).sessionId("sess").store("st")))
      .graph(
          "layer_limit",
          () -> State.from(OciLayoutSource.of("not/local/path@" + DIGEST_A)
              .layerLimit(0)
              .store("st")
              .constraints(on(Platform.LINUX_ARM64))));

  static final Cases BLOB = new Cases("blob")
      .graph("image_simple", () -> State.from(BlobSource.inRegistry("example.com/foo@" + DIGEST_A)))
      .graph("image_short", () -> State.from(BlobSource.inRegistry("busybox@" + DIGEST_A)))
      .graph(
          "image_options",
          () -> State.from(BlobSource.inRegistry("example.com/foo@" + DIGEST_A)
              .filename("f.bin")
              .chmod(0644)
              .chown(1000, 1001)))
      .graph(
          "oci_simple",
          () -> State.from(BlobSource.inOciLayout("example.com/foo@" + DIGEST_A)
              .sessionId("sess")
              .store("store")))
      .refused(
          "err_tagged",
          "blob \"busybox:latest\": tagged image reference not allowed for blob reference; write"
              + " name@digest",
          () -> BlobSource.inRegistry("busybox:latest"))
      .refused(
          "err_no_digest",
          "blob \"example.com/foo\": checksum required in blob reference; write name@digest",
          () -> BlobSource.inOciLayout("example.com/foo"));

  private OciCases() {}
}
