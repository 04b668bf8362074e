/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/test-report} reads the reports as Surefire writes them. */
@DisabledOnOs(OS.WINDOWS)
class TestReportTest {
  @TempDir
  private Path checkout;

  @BeforeEach
  void copyTheScript() throws IOException {
    Path script = checkout.resolve(".ci/test-report");
    Files.createDirectories(script.getParent());
    Files.copy(Path.of("../.ci/test-report"), script);
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void listsTestsThatPassedWhenTheyWereRepeated() throws Exception {
    write("one/target/surefire-reports/TEST-a.OneTest.xml", """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="a.OneTest" time="0.5" tests="2" flakes="1">
          <testcase name="passes" classname="a.OneTest" time="0.1"/>
          <testcase name="waits" classname="a.OneTest" time="0.4">
            <flakyFailure message="&#10;expected: &lt;1&gt;&#10; but was: &lt;2&gt;" type="Failure">
              <stackTrace><![CDATA[Failure]]></stackTrace>
            </flakyFailure>
          </testcase>
        </testsuite>
        """);
    write("two/target/failsafe-reports/TEST-a.TwoIT.xml", """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="a.TwoIT" time="1,002.5" tests="1" flakes="1">
          <testcase name="solves" classname="a.TwoIT" time="2.5">
            <flakyError type="java.io.IOException">
            </flakyError>
          </testcase>
        </testsuite>
        """);

    assertThat(report("flakes").lines())
        .containsExactly(
            "a.OneTest.waits: expected: <1> but was: <2>", "a.TwoIT.solves: java.io.IOException");
    assertThat(report("slowest", "1").lines()).containsExactly(" 1002.5  a.TwoIT");
  }

  @Test
  void listsNothingWhereNothingRan() throws Exception {
    assertThat(report("flakes")).isEmpty();
    assertThat(report("slowest")).isEmpty();
  }

  private void write(String file, String xml) throws IOException {
    Path path = checkout.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, xml);
  }

  private String report(String... args) throws Exception {
    String[] words = new String[args.length + 1];
    words[0] = checkout.resolve(".ci/test-report").toString();
    System.arraycopy(args, 0, words, 1, args.length);
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
