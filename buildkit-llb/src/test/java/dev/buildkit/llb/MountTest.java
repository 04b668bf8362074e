/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MountTest {
  @Test
  void aMountHasATarget() {
    assertThat(Mount.cache("./x", "id").target()).isEqualTo("./x");
    assertThat(Mount.tmpfs("/tmp")).hasToString("Mount[TMPFS /tmp]");
    assertRefused(
        () -> Mount.bind("", State.scratch()),
        "mount: target is empty; give the path where the command sees it, such as /src");
  }

  @Test
  void aCacheHasAnId() {
    assertRefused(
        () -> Mount.cache("/c", ""),
        "mount /c: cache id is empty; name the cache, such as go-build");
  }

  @Test
  void aSizeIsPositive() {
    assertRefused(
        () -> Mount.tmpfs("/tmp", -1),
        "mount /tmp: sizeBytes must be positive, but was: -1; leave it out for no limit");
    assertRefused(
        () -> Mount.tmpfs("/tmp", 0),
        "mount /tmp: sizeBytes must be positive, but was: 0; leave it out for no limit");
  }

  @Test
  void aSelectorNeedsFilesToSelectFrom() {
    assertRefused(
        () -> Mount.tmpfs("/tmp").selector("x"),
        "mount /tmp: a tmpfs has no files to select; use Mount.bind");
    assertRefused(
        () -> Mount.bind("/src", State.scratch()).selector(""),
        "mount /src: selector is empty; leave it out to mount everything");
  }

  @Test
  void aMountThatKeepsNothingIsNoState() {
    ExecState ran = State.image("alpine").run(Exec.args("x").addMount(Mount.cache("/c", "id")));

    assertRefused(
        () -> ran.mount("/c"),
        "mount /c can't be used as a state: it is a cache, which belongs to no build; use a writable"
            + " Mount.bind for files to keep");
  }
}
