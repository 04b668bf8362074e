/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.solve.SubrequestResult;
import java.io.PrintStream;
import java.util.Optional;

/** What a frontend answered, as the user sees it: the text for people, or all that there is. */
final class SubrequestAnswer {
  private SubrequestAnswer() {}

  static void print(SubrequestResult answer, PrintStream out) {
    Optional<byte[]> text = answer.bytes("result.txt");
    if (text.isPresent()) {
      out.writeBytes(text.get());
      return;
    }
    for (String name : answer.names()) {
      if (name.startsWith("result.")) {
        out.print(name + "\n" + answer.text(name).orElse("") + "\n");
      }
    }
  }
}
