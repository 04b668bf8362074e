/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import com.google.protobuf.ByteString;
import dev.buildkit.api.AuthGrpc;
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
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what the daemon asks about registries, with the credentials of this client. Passwords stay
 * here where a registry takes tokens.
 */
public final class AuthService extends AuthGrpc.AuthImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(AuthService.class);

  /** The daemon waits for 60 seconds, of which finding the credentials may take half; all attempts and waits are within. */
  private static final Duration FETCH_LIMIT = Duration.ofSeconds(25);

  private final Function<RegistryHost, AuthConfig> logins;
  private final TokenSeeds seeds;
  private final Function<RegistryHost, Optional<SSLContext>> tls;
  private final boolean clientTokens;

  /**
   * Creates the service.
   *
   * @param logins finds the credentials; may block and fail
   * @param tls for the token server of a registry; empty for the JDK's own
   * @param clientTokens whether this client fetches tokens, else the daemon gets passwords and does
   */
  public AuthService(
      Function<RegistryHost, AuthConfig> logins,
      TokenSeeds seeds,
      Function<RegistryHost, Optional<SSLContext>> tls,
      boolean clientTokens) {
    this.logins = logins;
    this.seeds = seeds;
    this.tls = tls;
    this.clientTokens = clientTokens;
  }

  @Override
  public void credentials(
      CredentialsRequest request, StreamObserver<CredentialsResponse> response) {
    answer(response, () -> {
      AuthConfig login = login(request.getHost());
      LOG.debug("the daemon asks for the credentials of {}", request.getHost());
      return CredentialsResponse.newBuilder()
          .setUsername(login.user())
          .setSecret(login.secret())
          .build();
    });
  }

  @Override
  public void fetchToken(FetchTokenRequest request, StreamObserver<FetchTokenResponse> response) {
    answer(response, () -> {
      AuthConfig login = login(request.getHost());
      LOG.debug("the daemon asks for a token of {}", request.getHost());
      return login.registryToken().isEmpty()
          ? fetchToken(request, login)
          : TokenAnswer.of(login.registryToken());
    });
  }

  @Override
  public void getTokenAuthority(
      GetTokenAuthorityRequest request, StreamObserver<GetTokenAuthorityResponse> response) {
    answer(
        response,
        () -> GetTokenAuthorityResponse.newBuilder()
            .setPublicKey(ByteString.copyFrom(
                authority(request.getHost(), request.getSalt()).publicKey()))
            .build());
  }

  @Override
  public void verifyTokenAuthority(
      VerifyTokenAuthorityRequest request, StreamObserver<VerifyTokenAuthorityResponse> response) {
    answer(
        response,
        () -> VerifyTokenAuthorityResponse.newBuilder()
            .setSigned(ByteString.copyFrom(authority(request.getHost(), request.getSalt())
                .sign(request.getPayload().toByteArray())))
            .build());
  }

  private FetchTokenResponse fetchToken(FetchTokenRequest request, AuthConfig login) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Context call = Context.current();
    Context.CancellationListener cancelled = unused -> end.complete(null);
    call.addListener(cancelled, Runnable::run);
    var unused = end.orTimeout(FETCH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    try {
      HttpClient http = new HttpClient(tls.apply(RegistryHost.of(request.getHost())), end);
      return new TokenServer(request, new RetryingClient(http, Pause.within(end))).fetch(login);
    } finally {
      call.removeListener(cancelled);
      end.complete(null);
    }
  }

  private TokenAuthority authority(String host, ByteString salt) {
    if (!clientTokens) {
      throw Status.UNAVAILABLE
          .withDescription("this client fetches no tokens itself")
          .asRuntimeException();
    }
    AuthConfig login = login(host);
    byte[] seed = login.isEmpty() ? new byte[0] : seeds.seed(host, login);
    return TokenAuthority.of(salt.toByteArray(), seed);
  }

  private AuthConfig login(String host) {
    return logins.apply(RegistryHost.of(host));
  }

  private static <T> void answer(StreamObserver<T> response, Supplier<T> work) {
    T answer;
    try {
      answer = work.get();
    } catch (StatusRuntimeException e) {
      response.onError(e);
      return;
    } catch (RuntimeException e) {
      LOG.debug("cannot answer the daemon about a registry", e);
      String reason = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
      response.onError(Status.UNKNOWN.withDescription(reason).withCause(e).asRuntimeException());
      return;
    }
    response.onNext(answer);
    response.onCompleted();
  }
}
