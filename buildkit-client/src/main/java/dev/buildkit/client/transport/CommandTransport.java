/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.util.List;

/**
 * A way through a child process whose standard input and output carry the bytes of the connection, as {@code buildctl dial-stdio} does.
 *
 * <p>Each connection has a process of its own, which ends with it: its input is closed, after a second it is asked to terminate, and
 * three seconds later it is killed. It inherits the environment and the working directory of the JVM. On Linux it has a session of its
 * own where the command {@code setsid} is there, so that Ctrl-C does not reach it, and it cannot ask for a password. Of its standard error
 * the last 4 KiB show in errors, and so does the command: keep secrets out of it.
 */
public final class CommandTransport implements Transport {
  private final String address;
  private final List<String> command;

  private CommandTransport(String address, List<String> command) {
    this.address = address;
    this.command = List.copyOf(command);
  }

  static CommandTransport of(String address, List<String> command) {
    return new CommandTransport(address, command);
  }

  static CommandTransport of(List<String> command) {
    if (command.isEmpty() || command.get(0).isBlank()) {
      throw new IllegalArgumentException(
          "command " + command + ": it names no program; begin it with a name on PATH or a path");
    }
    return new CommandTransport(String.join(" ", command), command);
  }

  /** Returns the program and its arguments. */
  public List<String> command() {
    return command;
  }

  /** Returns the address that was parsed, or else the words of the command, which cannot be parsed. */
  @Override
  public String address() {
    return address;
  }

  @Override
  public String authority() {
    return "localhost";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CommandTransport that
        && address.equals(that.address)
        && command.equals(that.command);
  }

  @Override
  public int hashCode() {
    return command.hashCode();
  }

  @Override
  public String toString() {
    return address;
  }
}
