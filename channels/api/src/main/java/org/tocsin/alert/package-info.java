/**
 * The vocabulary of a warning: CAP 1.2's words as immutable values, valid once built.
 *
 * <p>Source: OASIS Common Alerting Protocol Version 1.2 (2010), section 3.2. Only what CAP itself demands of a single
 * value is checked here; what a gateway additionally demands is the business of its rooms.
 */
@NullMarked
package org.tocsin.alert;

import org.jspecify.annotations.NullMarked;
