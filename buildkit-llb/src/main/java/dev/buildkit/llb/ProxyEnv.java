/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto;

/**
 * The proxies that a command uses, as variables such as {@code HTTP_PROXY}.
 *
 * <p>They are no part of the cache key and do not stay in the environment of later commands. Each
 * method returns a changed copy.
 */
public final class ProxyEnv {
  private final OpsProto.ProxyEnv message;

  private ProxyEnv(OpsProto.ProxyEnv message) {
    this.message = message;
  }

  /** Returns no proxies. */
  public static ProxyEnv none() {
    return new ProxyEnv(OpsProto.ProxyEnv.getDefaultInstance());
  }

  /** Sets {@code HTTP_PROXY}. */
  public ProxyEnv httpProxy(String url) {
    return new ProxyEnv(
        message.toBuilder().setHttpProxy(requireNonNull(url, "url")).build());
  }

  /** Sets {@code HTTPS_PROXY}. */
  public ProxyEnv httpsProxy(String url) {
    return new ProxyEnv(
        message.toBuilder().setHttpsProxy(requireNonNull(url, "url")).build());
  }

  /** Sets {@code FTP_PROXY}. */
  public ProxyEnv ftpProxy(String url) {
    return new ProxyEnv(
        message.toBuilder().setFtpProxy(requireNonNull(url, "url")).build());
  }

  /** Sets {@code NO_PROXY}: the hosts that are reached directly, separated by commas. */
  public ProxyEnv noProxy(String hosts) {
    return new ProxyEnv(
        message.toBuilder().setNoProxy(requireNonNull(hosts, "hosts")).build());
  }

  /** Sets {@code ALL_PROXY}. */
  public ProxyEnv allProxy(String url) {
    return new ProxyEnv(
        message.toBuilder().setAllProxy(requireNonNull(url, "url")).build());
  }

  /** Returns {@code HTTP_PROXY}; empty if it is not set. */
  public String httpProxy() {
    return message.getHttpProxy();
  }

  /** Returns {@code HTTPS_PROXY}; empty if it is not set. */
  public String httpsProxy() {
    return message.getHttpsProxy();
  }

  /** Returns {@code FTP_PROXY}; empty if it is not set. */
  public String ftpProxy() {
    return message.getFtpProxy();
  }

  /** Returns {@code NO_PROXY}; empty if it is not set. */
  public String noProxy() {
    return message.getNoProxy();
  }

  /** Returns {@code ALL_PROXY}; empty if it is not set. */
  public String allProxy() {
    return message.getAllProxy();
  }

  OpsProto.ProxyEnv toProto() {
    return message;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ProxyEnv other && message.equals(other.message);
  }

  @Override
  public int hashCode() {
    return message.hashCode();
  }

  /** Returns which proxies are set, without their addresses, which may hold passwords. */
  @Override
  public String toString() {
    return "ProxyEnv"
        + message.getAllFields().keySet().stream().map(field -> field.getName()).toList();
  }
}
