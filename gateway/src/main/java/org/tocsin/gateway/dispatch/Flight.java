package org.tocsin.gateway.dispatch;

import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Outcome;
import org.tocsin.gateway.receipt.Claim;

/** A claim whose addressees are with the channel, until all their outcomes are durable. For the link's thread alone. */
final class Flight {
    final Claim claim;
    final LaneBatch batch;
    final int attempt;
    final @Nullable Outcome[] outcomes;
    int open;
    int troubles;
    boolean submitted;
    boolean judged;

    Flight(Claim claim, LaneBatch batch, int attempt) {
        this.claim = claim;
        this.batch = batch;
        this.attempt = attempt;
        this.open = claim.numbers().length;
        this.outcomes = new Outcome[open];
    }
}
