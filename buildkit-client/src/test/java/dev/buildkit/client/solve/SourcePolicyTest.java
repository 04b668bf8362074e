/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourcePolicyTest {
  @Test
  void rulesKeepTheirOrder() {
    SourcePolicy policy = SourcePolicy.empty().deny("a").allow("b").convert("c", "d");

    assertThat(policy.rules())
        .extracting(SourcePolicy.Rule::action)
        .containsExactly(
            SourcePolicy.Action.DENY, SourcePolicy.Action.ALLOW, SourcePolicy.Action.CONVERT);
    assertThat(SourcePolicy.empty().rules()).isEmpty();
  }

  @Test
  void aRuleThatConvertsSaysToWhat() {
    assertThatThrownBy(() -> new SourcePolicy.Rule(
            SourcePolicy.Action.CONVERT, SourcePolicy.Selector.wildcard("a"), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "source policy: the rule that converts a has no update; say what it is converted to");
  }

  @Test
  @SuppressWarnings("NullAway") // which callers need not have
  void aRuleWithoutAnUpdateSaysSo() {
    SourcePolicy.Selector all = SourcePolicy.Selector.wildcard("*");

    assertThatNullPointerException()
        .isThrownBy(() -> new SourcePolicy.Rule(SourcePolicy.Action.DENY, all, null))
        .withMessage("update");
  }
}
