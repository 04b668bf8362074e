/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import dev.buildkit.examples.buildctl.gotext.GoBool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to speak TLS with one registry, from all values of {@code --registry-auth-tlscontext} for it.
 *
 * @param insecure whether any certificate of the registry is good
 * @param authorities files of certificates to trust
 * @param keyPairs the client's own certificates
 */
public record RegistryTlsFlag(boolean insecure, List<String> authorities, List<KeyPair> keyPairs) {
  private static final String FLAG = "--registry-auth-tlscontext";
  private static final RegistryTlsFlag NONE = new RegistryTlsFlag(false, List.of(), List.of());

  /** Copies the lists. */
  public RegistryTlsFlag {
    authorities = List.copyOf(authorities);
    keyPairs = List.copyOf(keyPairs);
  }

  /** A certificate and its key, as names of files. */
  public record KeyPair(String certificate, String key) {}

  /**
   * Returns what the values say for each host.
   *
   * @throws FlagException if a value says too little
   */
  public static Map<String, RegistryTlsFlag> parse(List<String> values) {
    Map<String, RegistryTlsFlag> hosts = new LinkedHashMap<>();
    for (String value : values) {
      Map<String, String> pairs = KeyValue.mapOf(value);
      String host = pairs.getOrDefault("host", "");
      if (host.isEmpty()) {
        throw new FlagException(FLAG + " requires host=<host>");
      }
      hosts.put(host, hosts.getOrDefault(host, NONE).with(pairs));
    }
    return hosts;
  }

  private RegistryTlsFlag with(Map<String, String> pairs) {
    String ca = pairs.getOrDefault("ca", "");
    String cert = pairs.getOrDefault("cert", "");
    String key = pairs.getOrDefault("key", "");
    boolean anyone = GoBool.parse(pairs.getOrDefault("insecure", "")).orElse(false);
    boolean pair = !cert.isEmpty() && !key.isEmpty();
    check(ca, anyone, pair, cert.isEmpty() && key.isEmpty());
    return new RegistryTlsFlag(
        insecure || anyone,
        ca.isEmpty() ? authorities : longer(authorities, ca),
        pair ? longer(keyPairs, new KeyPair(cert, key)) : keyPairs);
  }

  private static void check(String ca, boolean anyone, boolean pair, boolean neither) {
    if (ca.isEmpty() && !anyone && !pair) {
      throw new FlagException(FLAG + " requires ca=<ca> or cert=<cert>,key=<key> or insecure=true");
    }
    if (!ca.isEmpty() && !pair && !neither) {
      throw new FlagException(FLAG + " requires cert=<cert>,key=<key>");
    }
  }

  private static <T> List<T> longer(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }
}
