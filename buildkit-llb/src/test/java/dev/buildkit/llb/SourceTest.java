/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.google.protobuf.ByteString;
import dev.buildkit.api.OpsProto.Op;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceTest {
  /** Finds an image of the user app, whose directory tells where and for what it was asked. */
  private static final ImageConfigResolver RESOLVER_OF_APP = new ImageConfigResolver() {
    @Override
    public ResolvedImage resolve(String reference, Platform platform, ResolveMode mode) {
      return app(reference, "registry", platform);
    }

    @Override
    public ResolvedImage resolve(OciLayoutSource image, Platform platform) {
      return app(image.toString(), "oci-layout", platform);
    }

    private ResolvedImage app(String reference, String place, Platform platform) {
      ImageConfig config = ImageConfig.parse(
          "{\"config\":{\"User\":\"app\",\"WorkingDir\":\"/%s/%s\"}}".formatted(place, platform));
      return new ResolvedImage(reference, Optional.of(Digest.parse(Cases.DIGEST_B)), config);
    }
  };

  /** Returns whom a command runs as. */
  private static String user(Source source) throws Exception {
    for (ByteString bytes : State.from(source).run("id").marshal().toProto().getDefList()) {
      Op op = Op.parseFrom(bytes);
      if (op.hasExec()) {
        return op.getExec().getMeta().getUser();
      }
    }
    throw new AssertionError("no command");
  }

  private static Op op(Source source) throws Exception {
    return Op.parseFrom(State.from(source).marshal().toProto().getDef(0));
  }

  private static Map<String, String> attrs(Source source) throws Exception {
    return op(source).getSource().getAttrsMap();
  }

  @Test
  void anySourceCanBeNamed() throws Exception {
    Source source = Source.of("future://x").attr("future.key", "v").constraints(Cases.named("new"));

    assertThat(op(source).getSource().getIdentifier()).isEqualTo("future://x");
    assertThat(attrs(source)).containsExactly(Map.entry("future.key", "v"));
    assertThat(op(source).hasPlatform()).isFalse();
    assertThat(op(Source.of("oci-layout://x")).hasPlatform()).isTrue();
    assertThat(source).hasToString("future://x");
    assertRefused(
        () -> Source.of(""), "source: identifier is empty; give one, such as local://context");
    assertRefused(
        () -> Source.of("x").attr("", "v"),
        "attribute: key is empty; give one, such as image.resolvemode");
  }

  @Test
  void everyKindTakesFreeAttributesAndKeepsItsType() throws Exception {
    String digest = "@" + Cases.DIGEST_A;
    Constraints named = Cases.named("n");

    ImageSource image = ImageSource.of("a").attr("k", "v").constraints(named).internal();
    LocalSource local = LocalSource.of("a").attr("k", "v").constraints(named).sessionId("s");
    GitSource git = GitSource.of("a.com/b").attr("k", "v").constraints(named).keepGitDir();
    HttpSource http =
        HttpSource.of("http://a").attr("k", "v").constraints(named).filename("f");
    OciLayoutSource layout =
        OciLayoutSource.of("a" + digest).attr("k", "v").constraints(named).store("s");
    BlobSource blob =
        BlobSource.inRegistry("a" + digest).attr("k", "v").constraints(named).filename("f");

    for (Source source : new Source[] {image, local, git, http, layout, blob}) {
      assertThat(attrs(source)).containsEntry("k", "v");
      assertThat(attrs(source).size()).isGreaterThan(1);
    }
  }

  @Test
  void imagesAndBlobsMayBeInternal() throws Exception {
    BlobSource blob = BlobSource.inRegistry("a@" + Cases.DIGEST_A).internal();

    assertThat(attrs(blob)).containsExactly(Map.entry("image.recordtype", "internal"));
    assertThat(attrs(ImageSource.of("a").internal()))
        .containsExactly(Map.entry("image.recordtype", "internal"));
  }

  @Test
  void layersAreCounted() {
    assertRefused(
        () -> ImageSource.of("alpine").layerLimit(0),
        "image docker.io/library/alpine:latest: layerLimit must be positive, but was: 0; leave it out"
            + " for all layers");
    assertRefused(
        () -> OciLayoutSource.of("a@" + Cases.DIGEST_A).layerLimit(-1),
        "oci layout a@" + Cases.DIGEST_A
            + ": layerLimit must not be negative, but was: -1; leave it" + " out for all layers");
  }

  @Test
  void theLastResolveModeCounts() throws Exception {
    ImageSource pulled = ImageSource.of("a").resolveMode(ResolveMode.FORCE_PULL);

    assertThat(attrs(pulled)).containsEntry("image.resolvemode", "pull");
    assertThat(attrs(pulled.resolveMode(ResolveMode.DEFAULT))).isEmpty();
  }

  @Test
  void aResolverIsAskedForThePlatformOfTheImage() {
    StringBuilder asked = new StringBuilder();
    ImageSource image = ImageSource.of("a")
        .resolveMode(ResolveMode.PREFER_LOCAL)
        .configResolver((reference, platform, mode) -> {
          asked.append(reference).append(' ').append(platform).append(' ').append(mode);
          return new ResolvedImage(reference, Optional.empty(), ImageConfig.parse("{}"));
        });

    Definition unused =
        State.from(image.constraints(Cases.on(Platform.LINUX_S390X))).run("env").marshal();

    assertThat(asked).hasToString("docker.io/library/a:latest linux/s390x PREFER_LOCAL");
    assertThat(unused.isEmpty()).isFalse();
  }

  @Test
  void aReferenceWithADigestIsNotPinnedAgain() throws Exception {
    ImageSource image = ImageSource.of("a@" + Cases.DIGEST_A)
        .configResolver((reference, platform, mode) -> new ResolvedImage(
            reference, Optional.of(Digest.parse(Cases.DIGEST_B)), ImageConfig.parse("{}")))
        .resolveDigest();

    assertThat(op(image).getSource().getIdentifier())
        .isEqualTo("docker-image://docker.io/library/a@" + Cases.DIGEST_A);
  }

  @Test
  void theUserOfAnImageIsTakenOverOnlyIfWanted() throws Exception {
    ImageSource image = ImageSource.of("a").configResolver(RESOLVER_OF_APP);

    assertThat(user(image)).isEmpty();
    assertThat(user(image.configUser())).isEqualTo("app");
    assertThat(user(image.configUser().resolveDigest())).isEqualTo("app");
    assertThat(user(ImageSource.of("a").configUser())).isEmpty();
  }

  @Test
  void anImageThatNamesNoUserLeavesTheOneOfTheState() throws Exception {
    ImageSource image = ImageSource.of("a")
        .configResolver((reference, platform, mode) ->
            new ResolvedImage(reference, Optional.empty(), ImageConfig.parse("{}")))
        .configUser();

    assertThat(user(image)).isEmpty();
  }

  @Test
  void imagesOfLayoutsAreLookedUpToo() throws Exception {
    OciLayoutSource image = OciLayoutSource.of("a@" + Cases.DIGEST_A)
        .configResolver(RESOLVER_OF_APP)
        .store("s")
        .constraints(Cases.on(Platform.LINUX_S390X));

    assertThat(State.from(image).dir()).isEqualTo("/oci-layout/linux/s390x");
    assertThat(user(image)).isEmpty();
    assertThat(user(image.configUser())).isEqualTo("app");
    assertThat(op(image).getSource().getAttrsMap()).containsExactly(entry("oci.store", "s"));
  }

  @Test
  void aResolverOfRegistriesRefusesLayouts() {
    OciLayoutSource image = OciLayoutSource.of("a@" + Cases.DIGEST_A)
        .configResolver((reference, platform, mode) -> {
          throw new AssertionError("asked for " + reference);
        });

    assertThatThrownBy(() -> State.from(image).marshal())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "look up oci-layout://a@" + Cases.DIGEST_A
                + ": this resolver knows registries alone; override resolve(OciLayoutSource, Platform)");
  }

  @Test
  void aSourceTellsWhatItIs() {
    Source image = ImageSource.of("a")
        .resolveMode(ResolveMode.FORCE_PULL)
        .constraints(Cases.on(Platform.LINUX_S390X));

    assertThat(image.identifier()).isEqualTo("docker-image://docker.io/library/a:latest");
    assertThat(image.attrs()).containsExactly(entry("image.resolvemode", "pull"));
    assertThat(image.platform()).hasValue(Platform.LINUX_S390X);
    assertThat(Source.of("local://x").platform()).isEmpty();
  }

  @Test
  void downloadsComeFromTheWeb() {
    assertRefused(
        () -> HttpSource.of("ftp://x"),
        "http source: \"ftp://x\" is no URL of the web; begin it with https:// or http://");
    assertRefused(
        () -> HttpSource.of("http://x").filename(""),
        "source: filename is empty; leave it out for the default");
    assertRefused(
        () -> HttpSource.of("http://x").authHeaderSecret(""),
        "http source: authHeaderSecret is empty; give the id of a secret");
    assertRefused(
        () -> HttpSource.of("http://x").verifyPgpSignature("", "s"),
        "http source: public key is empty; pass the armored key");
    assertRefused(
        () -> HttpSource.of("http://x").verifyPgpSignature("k", ""),
        "http source: signature is empty; pass the armored detached signature");
  }

  @Test
  void anImageInALayoutHasADigest() {
    assertRefused(
        () -> OciLayoutSource.of("name"),
        "oci layout \"name\": name or digest is missing; write name@sha256:…");
    assertRefused(
        () -> OciLayoutSource.of("name@sha256:00"),
        "parse digest \"sha256:00\": invalid checksum digest length; it needs 64 hex digits");
  }

  @Test
  void onlyABlobInALayoutHasAStore() {
    BlobSource blob = BlobSource.inRegistry("a@" + Cases.DIGEST_A);

    assertRefused(
        () -> blob.store("s"),
        "blob docker-image+blob://docker.io/library/a@" + Cases.DIGEST_A
            + ": a registry has no store or session; use BlobSource.inOciLayout");
  }
}
