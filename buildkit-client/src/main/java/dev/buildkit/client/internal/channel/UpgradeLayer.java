/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.Optional;

/**
 * Turns a connection to a Docker Engine into one to the BuildKit inside it.
 *
 * <p>Engines up to 28 have a request for that. Later ones speak HTTP/2 at once and are to lose the request, so that one
 * which does not know it is connected to anew without. The request goes first because it works with all engines of
 * today, also over TLS, and costs no second connection.
 */
final class UpgradeLayer implements Layer {

  private static final String PATH = "/grpc";

  private final String attempted;
  private volatile boolean gone;

  /** Creates a layer that names an address in messages. It learns, and so belongs to one route. */
  UpgradeLayer(String address) {
    this.attempted = "connect to " + address;
  }

  @Override
  public void addTo(Channel channel) {
    if (!gone) {
      HttpHandshake.addTo(channel, attempted, new Steps());
    }
  }

  private final class Steps implements HttpSteps {

    @Override
    public FullHttpRequest first() {
      return EngineRequests.upgrade(PATH, "h2c");
    }

    @Override
    public Optional<FullHttpRequest> after(FullHttpResponse response) {
      EngineAnswer answer = EngineAnswer.of(response);
      if (answer.is(101)) {
        return Optional.empty();
      }
      if (answer.is(404)) {
        gone = true;
        throw new OtherDoorException(attempted + ": the engine has no " + PATH);
      }
      throw answer.refusal(attempted);
    }
  }
}
