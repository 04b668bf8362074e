/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Whether the config of an image is looked up, and what of it a state takes over.
 *
 * @param user tells whether it is the user too, which Go's client leaves out
 */
record ConfigLookup(Optional<ImageConfigResolver> resolver, boolean user) {
  static final ConfigLookup NONE = new ConfigLookup(Optional.empty(), false);

  ConfigLookup by(ImageConfigResolver resolver) {
    return new ConfigLookup(Optional.of(requireNonNull(resolver, "resolver")), user);
  }

  ConfigLookup withUser() {
    return new ConfigLookup(resolver, true);
  }

  State apply(ImageConfig config, State state) {
    State like = state.imageConfig(config);
    return user && !config.user().isEmpty() ? like.user(config.user()) : like;
  }
}
