/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.OpMetadata;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GitSignatureTest {
  private static final GitSource GIT = GitSource.of("https://h/r");
  private static final GitSignature KEY = GitSignature.by("ssh-ed25519 AAAA");

  private static Map<String, String> attrs(GitSource source) throws Exception {
    return Op.parseFrom(State.from(source).marshal().toProto().getDef(0))
        .getSource()
        .getAttrsMap();
  }

  @Test
  void theKeyIsAnAttribute() throws Exception {
    assertThat(attrs(GIT.verifySignature(KEY)))
        .containsEntry("git.sig.pubkey", "ssh-ed25519 AAAA")
        .doesNotContainKeys(
            "git.sig.rejectexpired", "git.sig.requiresignedtag", "git.sig.ignoresignedtag");
  }

  @Test
  void whatElseIsDemandedIsTrue() throws Exception {
    assertThat(attrs(GIT.verifySignature(KEY.rejectExpired().requireSignedTag())))
        .containsEntry("git.sig.rejectexpired", "true")
        .containsEntry("git.sig.requiresignedtag", "true")
        .doesNotContainKey("git.sig.ignoresignedtag");
    assertThat(attrs(GIT.verifySignature(KEY.ignoreSignedTag())))
        .containsEntry("git.sig.ignoresignedtag", "true");
  }

  @Test
  void theLastSignatureCounts() throws Exception {
    assertThat(attrs(GIT.verifySignature(KEY.rejectExpired().ignoreSignedTag())
            .verifySignature(GitSignature.by("other"))))
        .containsEntry("git.sig.pubkey", "other")
        .doesNotContainKeys("git.sig.rejectexpired", "git.sig.ignoresignedtag");
  }

  /** Else a daemon that verifies nothing would yield the files all the same. */
  @Test
  void aDaemonThatCannotVerifyMustRefuse() {
    assertThat(State.from(GIT.verifySignature(KEY))
            .marshal()
            .toProto()
            .getMetadataMap()
            .values())
        .extracting(OpMetadata::getCapsMap)
        .anySatisfy(caps -> assertThat(caps).containsEntry("source.git.signatureverify", true));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertRefused(
        () -> GitSignature.by(""),
        "git signature: public key is empty; pass an OpenPGP or SSH public key");
    String both = "git signature: a signed tag is both required and ignored; leave out one of them";
    assertRefused(() -> KEY.requireSignedTag().ignoreSignedTag(), both);
    assertRefused(() -> KEY.ignoreSignedTag().requireSignedTag(), both);
  }

  @Test
  void theTextSaysWhatIsDemanded() {
    assertThat(KEY).hasToString("GitSignature[of either]");
    assertThat(KEY.requireSignedTag().rejectExpired())
        .hasToString("GitSignature[of the tag, not expired]");
    assertThat(KEY.ignoreSignedTag()).hasToString("GitSignature[of the commit]");
  }
}
