/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.client.transport.TlsOptions;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS over whatever carries the bytes, by the JDK alone.
 *
 * @param serverName whom the server's certificate must name
 * @param applicationProtocols what may be spoken inside, the best first
 */
record TlsLayer(SSLContext context, String serverName, List<String> applicationProtocols)
    implements Layer {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /**
   * What is spoken with BuildKit. A server that knows none of these ends the connection, and old daemons know {@code http/1.1} only; what it
   * chooses does not matter, as it accepts HTTP/2 in any case.
   */
  static final List<String> HTTP_2 = List.of("h2", "http/1.1");

  /** What is spoken with a Docker Engine until it turns the connection. One that may choose could insist on HTTP/2. */
  static final List<String> HTTP_1 = List.of("http/1.1");

  /**
   * Returns the layer that options describe.
   *
   * @param host whom the certificate must name if the options do not say
   */
  static TlsLayer of(TlsOptions options, String host, List<String> applicationProtocols) {
    return new TlsLayer(
        options.sslContext(), options.serverName().orElse(host), applicationProtocols);
  }

  @Override
  public void addTo(Channel channel) {
    SslHandler tls = new SslHandler(engine());
    TlsHandshake handshake = new TlsHandshake(tls);
    channel.pipeline().addLast(handshake.before(), tls, handshake);
  }

  private SSLEngine engine() {
    // The port would only be a hint for sessions to resume.
    SSLEngine engine = context.createSSLEngine(serverName, -1);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
    // The rules by which a certificate is for a name are those of HTTPS everywhere.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }
}
