/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto.ChownOpt;
import dev.buildkit.api.OpsProto.NamedUserOpt;
import dev.buildkit.api.OpsProto.UserOpt;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The user and group that files are given to, by name or by number. */
final class Owner {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");

  private final ChownOpt template;

  private Owner(ChownOpt template) {
    this.template = template;
  }

  /** Reads {@code user}, {@code user:group} or {@code user:}, which leaves the group to the daemon. */
  static Owner parse(String text) {
    requireNonNull(text, "owner");
    int colon = text.indexOf(':');
    ChownOpt.Builder owner = ChownOpt.newBuilder();
    owner.setUser(userOrGroup(text, colon < 0 ? text : text.substring(0, colon)));
    if (colon >= 0 && colon < text.length() - 1) {
      owner.setGroup(userOrGroup(text, text.substring(colon + 1)));
    }
    return new Owner(owner.build());
  }

  static Owner of(int uid, int gid) {
    return new Owner(ChownOpt.newBuilder()
        .setUser(UserOpt.newBuilder().setByID(Check.id(uid, "uid")))
        .setGroup(UserOpt.newBuilder().setByID(Check.id(gid, "gid")))
        .build());
  }

  private static UserOpt userOrGroup(String text, String part) {
    if (part.isEmpty()) {
      throw new IllegalArgumentException(
          "owner \"" + text + "\": the user is empty; write user, user:group or user:");
    }
    UserOpt.Builder user = UserOpt.newBuilder();
    OptionalInt id = id(part);
    return id.isPresent()
        ? user.setByID(id.getAsInt()).build()
        : user.setByName(NamedUserOpt.newBuilder().setName(part)).build();
  }

  /** Returns the id of a number of 32 bits with an optional sign; any other text is a name to BuildKit. */
  private static OptionalInt id(String part) {
    if (part.equals("root")) {
      return OptionalInt.of(0);
    }
    if (!NUMBER.matcher(part).matches()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(part));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** Returns the message, in which names are looked up in the input {@code base}. */
  ChownOpt toProto(int base) {
    ChownOpt.Builder owner = template.toBuilder();
    if (owner.getUser().hasByName()) {
      owner.getUserBuilder().getByNameBuilder().setInput(base);
    }
    if (owner.getGroup().hasByName()) {
      owner.getGroupBuilder().getByNameBuilder().setInput(base);
    }
    return owner.build();
  }
}
