/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.PolicyProto;
import dev.buildkit.client.solve.SourcePolicy;

/** Makes the message of a source policy. */
final class SourcePolicyMessage {
  private static final int VERSION = 1;

  private SourcePolicyMessage() {}

  static PolicyProto.Policy of(SourcePolicy policy) {
    PolicyProto.Policy.Builder message = PolicyProto.Policy.newBuilder().setVersion(VERSION);
    policy.rules().forEach(rule -> message.addRules(rule(rule)));
    return message.build();
  }

  private static PolicyProto.Rule rule(SourcePolicy.Rule rule) {
    PolicyProto.Rule.Builder message = PolicyProto.Rule.newBuilder()
        .setAction(PolicyProto.PolicyAction.valueOf(rule.action().name()))
        .setSelector(selector(rule.selector()));
    rule.update()
        .ifPresent(update -> message.setUpdates(PolicyProto.Update.newBuilder()
            .setIdentifier(update.identifier())
            .putAllAttrs(update.attrs())));
    return message.build();
  }

  private static PolicyProto.Selector selector(SourcePolicy.Selector selector) {
    PolicyProto.Selector.Builder message = PolicyProto.Selector.newBuilder()
        .setIdentifier(selector.identifier())
        .setMatchType(PolicyProto.MatchType.valueOf(selector.matchType().name()));
    for (SourcePolicy.Constraint constraint : selector.constraints()) {
      message.addConstraints(PolicyProto.AttrConstraint.newBuilder()
          .setKey(constraint.key())
          .setValue(constraint.value())
          .setCondition(PolicyProto.AttrMatch.valueOf(constraint.condition().name())));
    }
    return message.build();
  }
}
