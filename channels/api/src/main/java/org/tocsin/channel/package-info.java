/**
 * What a channel must be, and what it is given.
 *
 * <p>A {@link Channel} opens {@link Link}s, one for each account at a provider. A link is handed {@link Batch}es
 * through its Camel route and tells an {@link Outcome} for each addressee; later it reports {@link Receipt}s to the
 * {@link ReceiptSink} and what people write back, {@link Reply}, to the {@link ReplySink}. It gets all it needs from
 * outside by {@link ChannelContext}: no channel knows the gateway, another channel, Redis or Vert.x. Retry, failover,
 * rate limits and circuit breakers are the gateway's, never a channel's.
 */
@NullMarked
package org.tocsin.channel;

import org.jspecify.annotations.NullMarked;
