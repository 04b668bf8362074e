/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static dev.buildkit.testkit.TestRegistries.PASSWORD;
import static dev.buildkit.testkit.TestRegistries.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.source.ResolverOptions;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.ResolveMode;
import dev.buildkit.llb.ResolvedImage;
import dev.buildkit.llb.State;
import java.util.List;
import java.util.UUID;

/** Images are looked up in registries that want credentials. */
@IntegrationTest
class PrivateBaseImageIT extends RegistryTests {
  private final String name = UUID.randomUUID().toString();

  @RegistryTest
  void theSessionOfTheResolverHasTheCredentials(TestRegistries registries) throws Exception {
    try (BuildKitClient client = registries.connect()) {
      for (String host : List.of(registries.basic(), registries.bearer())) {
        RegistryAuth auth = registries.trusting(RegistryAuth.empty().add(host, USER, PASSWORD));
        String image = host + "/" + name + ":1";
        Digest index = BaseImage.pushEmpty(client, auth, image);

        ResolvedImage found = client
            .imageConfigResolver(ResolverOptions.none().attach(auth))
            .resolve(image, Platform.LINUX_ARM64, ResolveMode.DEFAULT);

        assertThat(found.digest()).hasValue(index);
        assertThat(found.config().env()).containsEntry("ARCH", "arm64");
      }
    }
  }

  @RegistryTest
  void withoutThemTheRegistryIsNamed(TestRegistries registries) throws Exception {
    try (BuildKitClient client = registries.connect()) {
      for (String host : List.of(registries.basic(), registries.bearer())) {
        State base = State.from(
            ImageSource.of(host + "/" + name + ":1").configResolver(client.imageConfigResolver()));

        assertThatThrownBy(base::marshal)
            .isInstanceOfSatisfying(
                SolveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED))
            .hasMessageStartingWith("failed to resolve docker-image://" + host + "/" + name)
            .hasMessageContaining("the registry " + host + " refused the credentials, or got none");
      }
    }
  }
}
