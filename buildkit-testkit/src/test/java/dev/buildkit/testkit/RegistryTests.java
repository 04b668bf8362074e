/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.BuildKitClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The tests of a class that share {@link TestRegistries}, each a {@link RegistryTest}. */
abstract class RegistryTests {
  private static Optional<TestRegistries> started = Optional.empty();

  /**
   * Starts the servers.
   *
   * @param ofTheClass taken so that leaks are looked for at the end of the class: the daemon keeps
   *     connections to the token server, which is in this process
   */
  @BeforeAll
  static void start(BuildKitClient ofTheClass, @TempDir Path shared) throws Exception {
    started = TestRegistries.start(shared);
  }

  @AfterAll
  static void stop() {
    started.ifPresent(TestRegistries::close);
  }

  static Stream<TestRegistries> registries() {
    return started.stream();
  }
}
