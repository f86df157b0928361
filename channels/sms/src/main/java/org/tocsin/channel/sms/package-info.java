/**
 * SMS over SMPP 3.4, by a codec of our own on Netty.
 *
 * <p>A link has one event loop for all its binds; all its state belongs to that loop, so nothing here is locked but the
 * answers to receipts. Bodies are encoded once for a batch, writes go out once for each burst of what came in.
 */
@NullMarked
package org.tocsin.channel.sms;

import org.jspecify.annotations.NullMarked;
