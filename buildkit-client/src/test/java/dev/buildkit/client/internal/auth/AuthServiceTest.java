/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import static dev.buildkit.client.internal.auth.LocalServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.buildkit.api.AuthProto.CredentialsRequest;
import dev.buildkit.api.AuthProto.CredentialsResponse;
import dev.buildkit.api.AuthProto.FetchTokenRequest;
import dev.buildkit.api.AuthProto.FetchTokenResponse;
import dev.buildkit.api.AuthProto.GetTokenAuthorityRequest;
import dev.buildkit.api.AuthProto.GetTokenAuthorityResponse;
import dev.buildkit.api.AuthProto.VerifyTokenAuthorityRequest;
import dev.buildkit.api.AuthProto.VerifyTokenAuthorityResponse;
import dev.buildkit.client.internal.docker.AuthConfig;
import dev.buildkit.client.internal.docker.RegistryHost;
import io.grpc.Context;
import io.grpc.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AuthServiceTest {
  private static final ByteString SALT = ByteString.copyFrom(new byte[32]);
  private static final ByteString PAYLOAD = ByteString.copyFromUtf8("challenge");

  private final Map<RegistryHost, AuthConfig> logins = new HashMap<>();
  private final TokenSeeds seeds = new MemoryTokenSeeds();
  private final AuthService service = service(true);

  @Test
  void credentialsGoToTheirHostOnly() {
    logins.put(RegistryHost.of("ghcr.io"), AuthConfig.password("me", "pw"));

    CredentialsResponse known = credentials("ghcr.io").value();
    assertThat(known.getUsername()).isEqualTo("me");
    assertThat(known.getSecret()).isEqualTo("pw");
    assertThat(credentials("quay.io").value()).isEqualTo(CredentialsResponse.getDefaultInstance());
    assertThat(credentials("").value()).isEqualTo(CredentialsResponse.getDefaultInstance());
  }

  @Test
  void anIdentityTokenHasNoUser() {
    logins.put(RegistryHost.of("ghcr.io"), new AuthConfig("me", "pw", "id", ""));

    CredentialsResponse answer = credentials("ghcr.io").value();
    assertThat(answer.getUsername()).isEmpty();
    assertThat(answer.getSecret()).isEqualTo("id");
  }

  @Test
  void dockerHubIsKnownByTheNameOfItsServer() {
    logins.put(RegistryHost.of("docker.io"), AuthConfig.password("me", "pw"));

    assertThat(credentials("registry-1.docker.io").value().getSecret()).isEqualTo("pw");
  }

  @Test
  void whyCredentialsCannotBeFoundIsTold() {
    AuthService failing = new AuthService(
        host -> {
          throw new IllegalStateException("the keychain is locked");
        },
        seeds,
        host -> Optional.empty(),
        true);
    RecordedAnswer<CredentialsResponse> answer = new RecordedAnswer<>();

    failing.credentials(CredentialsRequest.getDefaultInstance(), answer);

    assertThat(answer.status().getCode()).isEqualTo(Status.Code.UNKNOWN);
    assertThat(answer.status().getDescription()).isEqualTo("the keychain is locked");
  }

  @Test
  void aRegistryTokenNeedsNoServer() {
    logins.put(RegistryHost.of("ghcr.io"), new AuthConfig("me", "pw", "", "bearer"));

    FetchTokenResponse token = fetchToken("http://127.0.0.1:1/token").value();

    assertThat(token)
        .isEqualTo(
            FetchTokenResponse.newBuilder().setToken("bearer").setExpiresIn(60).build());
  }

  @Test
  void otherTokensAreFetched() throws Exception {
    logins.put(RegistryHost.of("ghcr.io"), AuthConfig.password("me", "pw"));
    try (LocalServer server =
        new LocalServer(exchange -> send(exchange, 200, "{\"access_token\": \"t\"}"))) {
      assertThat(fetchToken(server.address() + "/token").value().getToken()).isEqualTo("t");
      assertThat(server.asked().get(0).body()).contains("&password=pw&");
    }
  }

  @Test
  void aServerThatCannotBeReachedIsNamed() {
    assertThat(fetchToken("http://127.0.0.1:1/token").status().getDescription())
        .startsWith("fetch a token for ghcr.io from http://127.0.0.1:1/token: ConnectException: ");
  }

  @Test
  void aCancelledCallLeavesTheServer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<Void> done = new CompletableFuture<>();
    try (LocalServer server = new LocalServer(exchange -> {
          asked.countDown();
          done.join();
        });
        Context.CancellableContext call = Context.current().withCancellation()) {
      CompletableFuture<RecordedAnswer<FetchTokenResponse>> answer =
          CompletableFuture.supplyAsync(() -> callIn(call, server.address()));
      assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

      call.cancel(null);

      assertThat(answer.get(1, TimeUnit.MINUTES).status().getDescription())
          .contains("no answer in time");
      done.complete(null);
    }
  }

  @Test
  void theOwnerOfAKeyProvesIt() {
    logins.put(RegistryHost.of("ghcr.io"), AuthConfig.password("me", "pw"));
    byte[] seed = seeds.seed("ghcr.io", AuthConfig.password("me", "pw"));
    TokenAuthority expected = TokenAuthority.of(SALT.toByteArray(), seed);

    assertThat(authority(service).value().getPublicKey().toByteArray())
        .hasSize(32)
        .isEqualTo(expected.publicKey());
    assertThat(verify(service).value().getSigned().toByteArray())
        .hasSize(64 + PAYLOAD.size())
        .isEqualTo(expected.sign(PAYLOAD.toByteArray()));
  }

  @Test
  void clientsWithoutCredentialsShareAKey() {
    assertThat(authority(service).value().getPublicKey().toByteArray())
        .isEqualTo(TokenAuthority.of(SALT.toByteArray(), new byte[0]).publicKey());
  }

  @Test
  void theOwnerOfARegistryTokenHasAKeyOfItsOwn() {
    logins.put(RegistryHost.of("ghcr.io"), new AuthConfig("", "", "", "bearer"));

    assertThat(authority(service).value().getPublicKey().toByteArray())
        .isNotEqualTo(TokenAuthority.of(SALT.toByteArray(), new byte[0]).publicKey());
  }

  @Test
  void theDaemonFetchesTokensWhereTheClientDoesNot() {
    assertThat(authority(service(false)).status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(verify(service(false)).status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  private AuthService service(boolean clientTokens) {
    return new AuthService(
        host -> logins.getOrDefault(host, AuthConfig.EMPTY),
        seeds,
        host -> Optional.empty(),
        clientTokens);
  }

  private RecordedAnswer<CredentialsResponse> credentials(String host) {
    RecordedAnswer<CredentialsResponse> answer = new RecordedAnswer<>();
    service.credentials(CredentialsRequest.newBuilder().setHost(host).build(), answer);
    return answer;
  }

  private RecordedAnswer<FetchTokenResponse> fetchToken(String realm) {
    RecordedAnswer<FetchTokenResponse> answer = new RecordedAnswer<>();
    service.fetchToken(
        FetchTokenRequest.newBuilder().setHost("ghcr.io").setRealm(realm).build(), answer);
    return answer;
  }

  private RecordedAnswer<FetchTokenResponse> callIn(Context context, String realm) {
    Context before = context.attach();
    try {
      return fetchToken(realm);
    } finally {
      context.detach(before);
    }
  }

  private static RecordedAnswer<GetTokenAuthorityResponse> authority(AuthService service) {
    RecordedAnswer<GetTokenAuthorityResponse> answer = new RecordedAnswer<>();
    service.getTokenAuthority(
        GetTokenAuthorityRequest.newBuilder().setHost("ghcr.io").setSalt(SALT).build(), answer);
    return answer;
  }

  private static RecordedAnswer<VerifyTokenAuthorityResponse> verify(AuthService service) {
    RecordedAnswer<VerifyTokenAuthorityResponse> answer = new RecordedAnswer<>();
    service.verifyTokenAuthority(
        VerifyTokenAuthorityRequest.newBuilder()
            .setHost("ghcr.io")
            .setSalt(SALT)
            .setPayload(PAYLOAD)
            .build(),
        answer);
    return answer;
  }
}
