/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.solve;

/**
 * A question that a frontend answers about a build instead of building.
 *
 * <p>The set is open: {@link #of(String)} takes what another frontend may know. {@link #DESCRIBE} asks a frontend for its list,
 * in which that of a Dockerfile leaves out {@link #LINT} and {@link #CONVERT_LLB}.
 *
 * @param id BuildKit's name of the question, such as {@code frontend.outline}
 */
public record Subrequest(String id) {
  /** Which subrequests does the frontend know? */
  public static final Subrequest DESCRIBE = new Subrequest("frontend.subrequests.describe");

  /** Which build arguments, secrets, SSH agents and caches does the target take? Docker Engine 20.10 does not know it. */
  public static final Subrequest OUTLINE = new Subrequest("frontend.outline");

  /** Which targets can be built? Docker Engine 20.10 does not know it. */
  public static final Subrequest TARGETS = new Subrequest("frontend.targets");

  /** What do the build checks find in the Dockerfile? Docker Engine 20.10 does not know it. */
  public static final Subrequest LINT = new Subrequest("frontend.lint");

  /** Which graph does the frontend make? Docker Engines up to 28 do not know it. */
  public static final Subrequest CONVERT_LLB = new Subrequest("frontend.convertllb");

  /**
   * Creates a subrequest from BuildKit's name of it.
   *
   * @throws IllegalArgumentException if the id is blank
   */
  public Subrequest {
    if (id.isBlank()) {
      throw new IllegalArgumentException(
          "subrequest must not be blank; use one such as frontend.outline");
    }
  }

  /**
   * Returns the subrequest of that name.
   *
   * @throws IllegalArgumentException if the id is blank
   */
  public static Subrequest of(String id) {
    return new Subrequest(id);
  }

  /** Returns the id. */
  @Override
  public String toString() {
    return id;
  }
}
