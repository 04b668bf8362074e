/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

/** Where the files of a state come from; see {@link State#from}. */
public abstract sealed class Source permits ImageSource, LocalSource {
  Source() {}

  /** Returns the operation that yields the files. */
  abstract SourceVertex vertex();

  /** Returns the identifier of the source. */
  @Override
  public String toString() {
    return vertex().toString();
  }
}
