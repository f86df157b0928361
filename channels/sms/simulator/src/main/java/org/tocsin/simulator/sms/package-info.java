/**
 * A short message centre's stand-in: SMPP 3.4 over sockets, with delivery receipts.
 *
 * <p>It has its own codec, never the channel's, so that an error in one cannot hide in the other.
 */
@NullMarked
package org.tocsin.simulator.sms;

import org.jspecify.annotations.NullMarked;
