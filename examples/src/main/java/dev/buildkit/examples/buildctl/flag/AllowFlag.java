/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import dev.buildkit.client.solve.Entitlement;
import dev.buildkit.examples.buildctl.gotext.GoQuote;
import java.util.List;

/** Values of {@code --allow}. */
public final class AllowFlag {
  private static final String DEVICE = "device";

  private AllowFlag() {}

  /**
   * Returns the permission that a text names.
   *
   * @throws FlagException if it names none
   */
  public static Entitlement parse(String text) {
    boolean known = text.equals(DEVICE)
        || text.equals(Entitlement.NETWORK_HOST.id())
        || text.equals(Entitlement.SECURITY_INSECURE.id());
    if (text.startsWith(DEVICE + "=")) {
      checkDevice(text.substring(DEVICE.length() + 1));
    } else if (!known) {
      throw new FlagException("unknown entitlement " + text);
    }
    return Entitlement.of(text);
  }

  private static void checkDevice(String config) {
    if (config.isEmpty()) {
      return;
    }
    List<String> fields = CsvRecord.parse(config);
    for (String field : fields.subList(1, fields.size())) {
      KeyValue pair = KeyValue.of(field, "invalid device config " + GoQuote.quote(field));
      if (!pair.key().equals("alias")) {
        throw new FlagException("unknown device config key " + GoQuote.quote(pair.key()));
      }
    }
  }
}
