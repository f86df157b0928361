/**
 * The load tests: the gateway as a process of its own, spoken to over its ports, measured against a bare bound in the
 * same run.
 */
@NullMarked
package org.tocsin.load;

import org.jspecify.annotations.NullMarked;
