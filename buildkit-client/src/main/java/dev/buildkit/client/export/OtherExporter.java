/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import java.util.Map;

/** An exporter of the daemon that this SDK has no type for, and that sends no bytes to the client. */
public final class OtherExporter implements Exporter {
  private final Attributes attributes;

  OtherExporter(Attributes attributes) {
    this.attributes = attributes;
  }

  @Override
  public String type() {
    return attributes.exporter();
  }

  @Override
  public Map<String, String> attrs() {
    return attributes.map();
  }

  @Override
  public OtherExporter attr(String key, String value) {
    return new OtherExporter(attributes.set(key, value));
  }

  @Override
  public String toString() {
    return attributes.toString();
  }
}
