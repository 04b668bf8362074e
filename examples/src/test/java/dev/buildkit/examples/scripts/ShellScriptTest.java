/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellScriptTest {
  @Test
  void findsCommandsOfListsAndPipes() {
    assertThat(commands("one | two && three || four; five & six"))
        .containsExactlyInAnyOrder("one", "two", "three", "four", "five", "six");
  }

  @Test
  void findsCommandsOfBlocks() {
    assertThat(commands("""
        if ! one; then two; elif three; then four; else five; fi
        while six; do seven; done < <(eight)
        for x in a b; do { nine; }; done
        (ten | eleven)
        """))
        .containsExactlyInAnyOrder(
            "one", "two", "three", "four", "five", "six", "seven", "eight", "for", "nine", "ten",
            "eleven");
  }

  @Test
  void findsCommandsOfCases() {
    assertThat(commands("""
        case $(one) in
          a | b) two ;;
          '' | *[[:space:]]*) three | four ;;
        esac
        five
        """))
        .containsExactlyInAnyOrder("case", "one", "two", "three", "four", "five");
  }

  @Test
  void findsCommandsOfSubstitutions() {
    assertThat(commands("""
        x=$(one "a $(two "$(three)") it's ${y:-$(four)} ;") list=(a "$(five)" b)
        [[ $(six) == a* && ! (b || c) ]] || seven
        echo $((1 + (2 * 3))) >"$(eight)" 2>&1
        """))
        .containsExactlyInAnyOrder(
            "one", "two", "three", "four", "five", "six", "seven", "echo", "eight");
  }

  @Test
  void findsCommandsThatOthersStart() {
    assertThat(commands("exec env A=b timeout 10 one two | xargs -r three"))
        .containsExactlyInAnyOrder("exec", "env", "timeout", "one", "xargs", "three");
  }

  @Test
  void findsNoCommandsInText() {
    assertThat(commands("""
        # no; command
        one 'no; command' "no; command" <<TEXT # no; command
        no; command
        TEXT
        two '
        no
        '
        """)).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void findsFunctions() {
    ShellScript script = ShellScript.parse("f() { one; }\ng() (\n  f\n)\n");

    assertThat(script.functions()).containsExactlyInAnyOrder("f", "g");
    assertThat(script.commands()).containsExactlyInAnyOrder("one", "f");
  }

  private static Iterable<String> commands(String text) {
    return ShellScript.parse(text).commands();
  }
}
