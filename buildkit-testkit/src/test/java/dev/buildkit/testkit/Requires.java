/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Skips an {@link IntegrationTest}, or one test of it, where the shared daemon lacks something, and says what. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface Requires {
  Capability[] value() default {};

  /** Names capabilities of BuildKit for operations, such as {@code exec.meta.ulimit}. */
  String[] llb() default {};
}
