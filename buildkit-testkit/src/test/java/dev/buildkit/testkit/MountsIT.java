/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.llb.CacheSharingMode;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.ExecState;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.State;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A command sees its mounts, and each kind keeps or loses what is written to it. */
@IntegrationTest
class MountsIT {
  private static final State BUSYBOX = State.image("busybox");

  private final String id = UUID.randomUUID().toString();

  /** New to the daemon in each test, since some daemons let commands change what they only borrow. */
  private final State files = State.scratch()
      .file(
          FileAction.mkdir("/a", 0755),
          FileAction.mkfile("/a/in", 0644, "inner"),
          FileAction.mkfile("/top", 0644, "outer").createdTime(Instant.now()));

  @Test
  void whatIsWrittenToAMountIsAnOutput(BuildKitClient client) throws Exception {
    ExecState exec = BUSYBOX.run(
        Exec.shell("echo new > /m/new; rm /m/top; echo root > /root-file").addMount("/m", files));

    assertThat(Solved.of(client, exec.mount("/m")).names())
        .containsExactlyInAnyOrder("a", "a/in", "new");
    assertThat(Solved.of(client, exec.root()).text("root-file")).isEqualTo("root\n");
  }

  @Test
  void aSelectorMountsOnePartOfTheSource(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("cat /dir/in /file > /out/is; ls /dir >> /out/is")
        .addMount(Mount.bind("/dir", files).selector("/a").readonly())
        .addMount(Mount.bind("/file", files).selector("/top").readonly());

    assertThat(text(client, exec)).isEqualTo("innerouterin\n");
  }

  @Test
  @Requires(Capability.READONLY_MOUNTS)
  void aReadonlyMountRefusesWrites(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("touch /m/new 2> /dev/null || echo refused > /out/is")
        .addMount(Mount.bind("/m", files).readonly());

    assertThat(text(client, exec)).isEqualTo("refused\n");
    assertThat(BUSYBOX.run(exec).mount("/m").marshal()).isEqualTo(files.marshal());
  }

  @Test
  @Requires(llb = "exec.mount.bind.readwrite-nooutput")
  void aMountWithoutOutputTakesWritesAndLosesThem(BuildKitClient client) throws Exception {
    Exec first = Exec.shell("echo x > /m/x && cat /m/x > /out/is")
        .addMount(Mount.bind("/m", files).noOutput());
    Exec second = Exec.shell("ls /m > /out/is").addMount("/m", files);

    assertThat(text(client, first)).isEqualTo("x\n");
    assertThat(text(client, second)).isEqualTo("a\ntop\n");
    ExecState ran = BUSYBOX.run(first);
    assertThatThrownBy(() -> ran.mount("/m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-output");
  }

  @ParameterizedTest
  @EnumSource
  void aCacheKeepsItsFilesFromBuildToBuild(CacheSharingMode sharing, BuildKitClient client)
      throws Exception {
    Mount cache = Mount.cache("/cache", id, sharing, files);
    String command = "ls /cache > /out/is; touch /cache/later # " + id;

    assertThat(text(client, Exec.shell(command + 1).addMount(cache)))
        .as("what it holds at first")
        .isEqualTo("a\ntop\n");
    assertThat(text(client, Exec.shell(command + 2).addMount(cache)))
        .as("what the build before left")
        .isEqualTo("a\nlater\ntop\n");
    assertThat(text(client, Exec.shell(command + 3).addMount(Mount.cache("/cache", id + "-other"))))
        .as("another cache")
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void stepsThatRunAtTheSameTimeShareACacheAsItSays(CacheSharingMode sharing, BuildKitClient client)
      throws Exception {
    Solved both = Solved.of(
        client,
        State.scratch()
            .file(
                FileAction.copy(meeting(sharing, "one", "two"), "/is", "/one"),
                FileAction.copy(meeting(sharing, "two", "one"), "/is", "/two")));
    List<String> seen = List.of(both.text("one"), both.text("two"));

    switch (sharing) {
      case SHARED -> assertThat(seen).containsOnly("one\ntwo\n");
      case PRIVATE -> assertThat(seen).containsExactly("one\n", "two\n");
      case LOCKED ->
        assertThat(seen).satisfiesOnlyOnce(all -> assertThat(all).isEqualTo("one\ntwo\n"));
    }
  }

  /** A step that waits for the other one, as long as that can come, and then tells what its cache holds. */
  private State meeting(CacheSharingMode sharing, String own, String other) {
    int tenths = sharing == CacheSharingMode.LOCKED ? 10 : 600;
    return Solved.out(
        BUSYBOX,
        Exec.shell("touch /cache/%1$s /meet/%1$s; i=0;".formatted(own)
                + " while [ ! -e /meet/%s ] && [ $i -lt %d ]; do sleep 0.1; i=$((i + 1)); done;"
                    .formatted(other, tenths)
                + " ls /cache > /out/is # " + id)
            .addMount(Mount.cache("/cache", id, sharing, State.scratch()))
            .addMount(Mount.cache("/meet", id + "-meet")));
  }

  @Test
  @Requires(llb = "exec.mount.tmpfs.size")
  void aTmpfsIsEmptyAndNoLargerThanItsSize(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("ls -A /tmpfs > /out/is;"
            + " head -c 100000 /dev/zero > /tmpfs/fits && echo fits >> /out/is;"
            + " head -c 5000000 /dev/zero > /tmpfs/large 2> /dev/null || echo full >> /out/is")
        .addMount(Mount.tmpfs("/tmpfs", 1 << 20));

    assertThat(text(client, exec)).isEqualTo("fits\nfull\n");
  }

  /** Of two sources with equal files the second finds the result of the first, unless that is off. */
  @Test
  @Requires(llb = "exec.mount.cache.content")
  void theFilesOfAMountMayBeTheCacheKey(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("cat /proc/sys/kernel/random/uuid > /out/is # " + id);

    assertThat(text(client, exec.addMount(contentCached("first", true))))
        .isEqualTo(text(client, exec.addMount(contentCached("second", true))));
    assertThat(text(client, exec.addMount(contentCached("first", false))))
        .isNotEqualTo(text(client, exec.addMount(contentCached("second", false))));
  }

  /** A read-only mount of the same file, made in a way that depends on {@code way}. */
  private Mount contentCached(String way, boolean byContent) {
    State made = State.scratch()
        .file(
            FileAction.mkfile("/" + way + id, 0644, "removed again"),
            FileAction.rm("/" + way + id),
            FileAction.mkdir("/same", 0755),
            FileAction.mkfile("/same/file", 0644, "the same"));
    return Mount.bind("/m", made).selector("/same").readonly().contentCache(byContent);
  }

  @Test
  void aMountOfNothingThatMustBeThereFails(BuildKitClient client) {
    Exec exec =
        Exec.shell("true").addMount(Mount.bind("/m", files).selector("/none").readonly());

    assertThatThrownBy(() -> text(client, exec))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("none");
  }

  private static String text(BuildKitClient client, Exec exec) throws Exception {
    return Solved.of(client, Solved.out(BUSYBOX, exec)).text("is");
  }
}
