/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Marks a test that takes the {@link TestRegistries} of its class. Where the daemon runs in Docker there are none, and then there
 * is no test either, rather than one that is skipped.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}", allowZeroInvocations = true, autoCloseArguments = false)
@MethodSource("registries")
@interface RegistryTest {}
