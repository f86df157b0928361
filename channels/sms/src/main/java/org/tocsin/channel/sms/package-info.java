/**
 * SMS by SMPP 3.4, CMPP 2.0 and 3.0, SMGP 3.0 and SGIP 1.2, by codecs of our own on Netty, and by HTTP platforms of two
 * shapes.
 *
 * <p>A connected link ({@code SmsLink}) has one event loop for all its connections; all its state belongs to that loop,
 * so nothing here is locked but the answers to what was delivered. What differs between the protocols is a
 * {@code Protocol}, which encodes a batch's submit once ({@code SubmitTemplate}) and opens {@code Conversation}s.
 * Writes go out once for each burst of what came in. A link over HTTP ({@code HttpSmsLink}) asks an
 * {@code HttpPlatform} how its platform speaks.
 */
@NullMarked
package org.tocsin.channel.sms;

import org.jspecify.annotations.NullMarked;
