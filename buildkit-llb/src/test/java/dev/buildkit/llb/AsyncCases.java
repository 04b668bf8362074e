/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.DIGEST_B;
import static dev.buildkit.llb.Cases.args;

import dev.buildkit.llb.Cases.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The graphs of the group {@code async}. */
final class AsyncCases {
  private static final State ALPINE = State.image("alpine");

  static final Cases CASES = new Cases("async")
      .graph("simple", AsyncCases::simple)
      .graph("image_config", AsyncCases::imageConfig)
      .graph("resolve_digest", AsyncCases::resolveDigest)
      .graph(
          "replaces_output",
          () ->
              State.scratch().async((state, platform) -> State.image("busybox").dir("/bb")))
      .graph("to_scratch", () -> ALPINE.async((state, platform) -> State.scratch()))
      .refused(
          "err",
          "boom",
          () -> ALPINE
              .async((state, platform) -> {
                throw new IllegalArgumentException("boom");
              })
              .run(args("x"))
              .marshal());

  private AsyncCases() {}

  private static State simple(Values values) {
    State s = ALPINE.dir("/w").async((state, platform) -> state.addEnv("A", "1"));
    values.env("s", s, "A");
    values.dir("s", s);
    return s.run(args("x"));
  }

  private static State imageConfig(Values values) {
    List<String> requests = new ArrayList<>();
    String config = """
        {"architecture":"arm64","os":"linux","config":{
          "Env":["PATH=/bin","NOEQ","=skipped","K=a=b"],"WorkingDir":"/wd","User":"bob"}}""";
    State img = State.from(ImageSource.of("alpine").configResolver((reference, platform, mode) -> {
      requests.add(reference + " mode=" + mode.name().toLowerCase(Locale.ROOT));
      return new ResolvedImage(reference, Optional.empty(), ImageConfig.parse(config));
    }));
    values.envArray("img", img);
    values.add("resolver requests", requests);
    return img.run(args("x"));
  }

  private static State resolveDigest() {
    return State.from(ImageSource.of("alpine:3.20")
        .configResolver((reference, platform, mode) -> new ResolvedImage(
            reference, Optional.of(Digest.parse(DIGEST_B)), ImageConfig.parse("{}")))
        .resolveDigest());
  }
}
