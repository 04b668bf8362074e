/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.api;

/**
 * One fact of the wire, in a form that reads the same whether it comes from a table or from a
 * descriptor.
 *
 * @param of the kind of thing and its full name, such as {@code field pb.Op.exec}
 * @param value all that is compared
 */
record Fact(String of, String value) {

  @Override
  public String toString() {
    return of + " = " + value;
  }
}
