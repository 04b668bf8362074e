/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks a class whose tests need a daemon, must leave nothing behind and must come to an end. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({RequiresCondition.class, LeakExtension.class, BuildkitdExtension.class})
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@interface IntegrationTest {}
