/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.Optional;

/**
 * Turns a connection to a Docker Engine into one to the {@code buildkitd} of a container: the engine runs
 * {@code buildctl dial-stdio} in it, and the connection becomes what that reads and writes.
 */
record ExecLayer(String address, String container) implements Layer {

  private static final String COMMAND = """
      {"AttachStdin":true,"AttachStdout":true,"AttachStderr":true,"Cmd":["buildctl","dial-stdio"]}""";

  private static final String ATTACHED = """
      {"Detach":false,"Tty":false}""";

  @Override
  public void addTo(Channel channel) {
    HttpHandshake.addTo(channel, attempted(), new Steps(), new ExecFrames(attempted(), container));
  }

  private String attempted() {
    return "connect to " + address;
  }

  private final class Steps implements HttpSteps {
    private boolean made;

    @Override
    public FullHttpRequest first() {
      return EngineRequests.post("/containers/" + container + "/exec", COMMAND);
    }

    @Override
    public Optional<FullHttpRequest> after(FullHttpResponse response) {
      EngineAnswer answer = EngineAnswer.of(response);
      if (made && answer.is(101)) {
        return Optional.empty();
      }
      String id = answer.text("Id");
      if (made || !answer.is(201) || id.isEmpty()) {
        throw refusal(answer);
      }
      made = true;
      FullHttpRequest start = EngineRequests.post("/exec/" + id + "/start", ATTACHED);
      return Optional.of(EngineRequests.upgrading(start, "tcp"));
    }

    private RuntimeException refusal(EngineAnswer answer) {
      return switch (answer.status()) {
        case 404 ->
          answer.failure(attempted() + ": the engine has no container " + container
              + "; start one of moby/buildkit, or name another");
        case 409 ->
          answer.failure(attempted() + ": the container " + container
              + " cannot run a command now: " + answer.message() + "; start it");
        default -> answer.refusal(attempted());
      };
    }
  }
}
