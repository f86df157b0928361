package org.tocsin.gateway.ledger;

import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the day's seal, once, however many gateways try. Blocking; may be used by any thread. */
public final class Sealer {
    /** The ledger is not the one that the last seal saw: nothing is signed until people have looked. */
    public static final class Contradiction extends IllegalStateException {
        private static final long serialVersionUID = 1;

        Contradiction(String message) {
            super(message);
        }
    }

    private final Ledger ledger;
    private final SealStore store;
    private final Supplier<KeyPair> key;
    private final ZoneId zone;
    private final InstantSource clock;

    /**
     * Makes it.
     *
     * @param key gives the gateway's Ed25519 key, made at first need
     * @param zone the county's
     */
    public Sealer(Ledger ledger, SealStore store, Supplier<KeyPair> key, ZoneId zone, InstantSource clock) {
        this.ledger = ledger;
        this.store = store;
        this.key = key;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * Seals the ledger as it is, where today has no seal yet and the ledger is not empty.
     *
     * @return the seal that was made; empty where there was none to make
     * @throws Contradiction where the ledger is not the one that the last seal saw
     */
    public Optional<Seal> sealIfDue() {
        int place = store.count();
        @Nullable Seal before = place == 0 ? null : store.read(place - 1, 1).get(0);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, zone);
        // A clock that was set back makes no second seal of a day, and none of an earlier one.
        if (before != null && !today.isAfter(before.day())) {
            return Optional.empty();
        }
        LedgerHead head = ledger.head();
        if (head.sequence() == 0) {
            return Optional.empty();
        }
        if (before != null) {
            check(before);
        }
        Seal seal = Seal.after(before, head, today, now, key.get());
        return store.keep(seal, place) ? Optional.of(seal) : Optional.empty();
    }

    private void check(Seal before) {
        String name = "the seal of " + before.day() + " (" + before.hash() + ")";
        if (!before.isTrue()) {
            throw new Contradiction("the signature of " + name + " does not fit");
        }
        LedgerHead[] there = {LedgerHead.EMPTY};
        ledger.read(before.sequence(), before.sequence(), entry -> there[0] = entry.head());
        if (!there[0].hash().equals(before.head())) {
            throw new Contradiction(name + " saw entry " + before.sequence() + " with the hash " + before.head()
                    + "; the ledger has " + (there[0].sequence() == 0 ? "none" : there[0].hash()));
        }
    }
}
