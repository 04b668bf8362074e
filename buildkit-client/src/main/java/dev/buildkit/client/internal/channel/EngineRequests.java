/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Requests of a Docker Engine's API. Their paths have no version: what is asked for here has not changed since the
 * oldest engine, and newer ones refuse old versions.
 */
final class EngineRequests {

  /** Stands for a host where there may be none; engines do not look at it. */
  static final String HOST = "docker";

  /** Returns a request without a body that turns the connection into a protocol. */
  static FullHttpRequest upgrade(String path, String protocol) {
    return upgrading(
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path), protocol);
  }

  /** Returns a request with a JSON body. */
  static FullHttpRequest post(String path, String json) {
    FullHttpRequest request = new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.POST, path, Unpooled.copiedBuffer(json, UTF_8));
    request
        .headers()
        .set(HttpHeaderNames.HOST, HOST)
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
    return request;
  }

  /** Makes a request one that turns the connection into a protocol. */
  static FullHttpRequest upgrading(FullHttpRequest request, String protocol) {
    request
        .headers()
        .set(HttpHeaderNames.HOST, HOST)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(HttpHeaderNames.UPGRADE, protocol);
    return request;
  }

  private EngineRequests() {}
}
