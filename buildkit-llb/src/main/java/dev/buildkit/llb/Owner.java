/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto.ChownOpt;
import dev.buildkit.api.OpsProto.NamedUserOpt;
import dev.buildkit.api.OpsProto.UserOpt;
import java.util.regex.Pattern;

/** The user and group that files are given to, by name or by number. */
final class Owner {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

  private final ChownOpt template;

  private Owner(ChownOpt template) {
    this.template = template;
  }

  /** Reads {@code user} or {@code user:group}. */
  static Owner parse(String text) {
    requireNonNull(text, "owner");
    int colon = text.indexOf(':');
    ChownOpt.Builder owner = ChownOpt.newBuilder();
    owner.setUser(userOrGroup(text, colon < 0 ? text : text.substring(0, colon)));
    if (colon >= 0) {
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
          "owner \"" + text + "\": user or group is empty; write user or user:group");
    }
    UserOpt.Builder user = UserOpt.newBuilder();
    if (part.equals("root")) {
      return user.setByID(0).build();
    }
    // A greater number is a name to BuildKit.
    if (NUMBER.matcher(part).matches() && Long.parseLong(part) <= Integer.MAX_VALUE) {
      return user.setByID(Integer.parseInt(part)).build();
    }
    return user.setByName(NamedUserOpt.newBuilder().setName(part)).build();
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
