/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import java.util.Map;

/**
 * A device of a worker's machine that steps can use, by the Container Device Interface.
 *
 * @param name such as {@code vendor.com/gpu=0}
 * @param autoAllow whether steps get it without the entitlement {@code device}
 * @param annotations what its maker says of it
 * @param onDemand whether the daemon sets it up when a step first asks for it
 */
public record CdiDevice(
    String name, boolean autoAllow, Map<String, String> annotations, boolean onDemand) {
  /** Copies the map. */
  public CdiDevice {
    annotations = Map.copyOf(annotations);
  }
}
