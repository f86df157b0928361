package org.tocsin.gateway.dispatch;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Outcome;
import org.tocsin.gateway.receipt.Claim;

/** A claim whose addressees are with the channel, until all their outcomes are durable. For the link's thread alone. */
final class Flight {
    final Claim claim;
    final LaneBatch batch;
    final int attempt;
    final int throttles;
    final @Nullable Outcome[] outcomes;
    /** Which addressees go to {@link #next}, because this link's provider has refused them for reasons of its own. */
    final BitSet refused = new BitSet();

    @Nullable
    String next;

    int open;
    int troubles;
    boolean submitted;
    boolean judged;

    Flight(Claim claim, LaneBatch batch, int attempt) {
        this(claim, batch, attempt, 0);
    }

    Flight(Claim claim, LaneBatch batch, int attempt, int throttles) {
        this.throttles = throttles;
        this.claim = claim;
        this.batch = batch;
        this.attempt = attempt;
        this.open = claim.numbers().length;
        this.outcomes = new Outcome[open];
    }
}
