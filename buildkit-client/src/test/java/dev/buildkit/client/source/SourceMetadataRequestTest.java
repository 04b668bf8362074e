/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.GitSource;
import dev.buildkit.llb.HttpSource;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.Platform;
import java.time.Duration;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;

class SourceMetadataRequestTest {
  private static final SourceMetadataRequest IMAGE = SourceMetadataRequest.of(ImageSource.of("a"));
  private static final SourceMetadataRequest GIT =
      SourceMetadataRequest.of(GitSource.of("https://example.com/a.git"));
  private static final SourceMetadataRequest HTTP =
      SourceMetadataRequest.of(HttpSource.of("https://example.com/a"));

  @Test
  void asksForNoMoreThanIsWanted() {
    assertThat(IMAGE.wantsAttestationChain()).isFalse();
    assertThat(IMAGE.attestations()).isEmpty();
    assertThat(GIT.wantsObject()).isFalse();
    assertThat(HTTP.checksum()).isEmpty();
    assertThat(IMAGE.platform()).isEmpty();
  }

  @Test
  void eachMethodReturnsACopy() {
    SourceMetadataRequest wanted = IMAGE.addAttestation("sbom").addAttestation("provenance");

    assertThat(wanted.wantsAttestationChain()).isTrue();
    assertThat(wanted.attestations()).containsExactly("sbom", "provenance");
    assertThat(wanted.attestationChain().attestations()).hasSize(2);
    assertThat(GIT.returnObject().wantsObject()).isTrue();
    assertThat(HTTP.checksum(ChecksumAlgorithm.SHA384, new byte[] {1}).checksum())
        .hasValue(new SourceMetadataRequest.ChecksumRequest(
            ChecksumAlgorithm.SHA384, Content.of(new byte[] {1})));
    assertThat(IMAGE.attestations()).isEmpty();
  }

  @Test
  void thePlatformIsThatOfTheSourceUnlessItIsSet() {
    SourceMetadataRequest arm = SourceMetadataRequest.of(
        ImageSource.of("a").constraints(Constraints.none().platform(Platform.LINUX_ARM64)));

    assertThat(arm.platform()).hasValue(Platform.LINUX_ARM64);
    assertThat(arm.platform(Platform.LINUX_S390X).platform()).hasValue(Platform.LINUX_S390X);
  }

  @Test
  void whatDoesNotFitTheSourceIsRefused() {
    assertThatThrownBy(GIT::attestationChain)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metadata of git://example.com/a.git: attestationChain is for images in"
            + " registries; leave it out");
    assertThatThrownBy(() -> HTTP.addAttestation("sbom"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(IMAGE::returnObject)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metadata of docker-image://docker.io/library/a:latest: returnObject is for Git"
            + " repositories; leave it out");
    assertThatThrownBy(() -> IMAGE.checksum(ChecksumAlgorithm.SHA256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metadata of docker-image://docker.io/library/a:latest: checksum is for"
            + " downloads; leave it out");
  }

  @Test
  void aSuffixIsShort() {
    assertThat(HTTP.checksum(ChecksumAlgorithm.SHA256, new byte[4096]).checksum())
        .isPresent();
    assertThatThrownBy(() -> HTTP.checksum(ChecksumAlgorithm.SHA256, new byte[4097]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checksum: the suffix must not be longer than 4096 bytes, but was: 4097 bytes");
  }

  @Test
  void aLoginInAUrlIsNotShown() {
    SourceMetadataRequest secret =
        SourceMetadataRequest.of(HttpSource.of("https://me:s3cr3t@example.com/a?at=x@y"));

    assertThat(secret).hasToString("https://example.com/a?at=x@y");
    assertThat(IMAGE.platform(Platform.LINUX_ARM64))
        .hasToString("docker-image://docker.io/library/a:latest for linux/arm64");
  }

  @Test
  void aTimeLimitIsPositive() {
    assertThatThrownBy(() -> ResolverOptions.none().timeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("timeout must be positive, but was: PT0S");
    assertThat(ResolverOptions.none().timeout(Duration.ofSeconds(3)).timeout())
        .hasValue(Duration.ofSeconds(3));
  }

  @Test
  void contentDoesNotChange() {
    byte[] bytes = {'a', 'b'};
    Content content = Content.of(bytes);
    bytes[0] = 'x';
    content.bytes()[1] = 'y';

    assertThat(content.text()).isEqualTo("ab");
    assertThat(content).hasToString("2 bytes");
    EqualsVerifier.forClass(Content.class).withNonnullFields("bytes").verify();
  }
}
