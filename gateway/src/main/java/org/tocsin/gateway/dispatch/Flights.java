package org.tocsin.gateway.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The claims of a link that are on their way, and how many addressees they have. For the link's thread. */
final class Flights {
    private final Map<Long, Flight> byClaim = new HashMap<>();
    private int outstanding;
    private long submitted;

    /** A claim was made. */
    void add(Flight flight) {
        byClaim.put(flight.claim.id(), flight);
        outstanding += flight.outcomes.length;
    }

    /** Its addressees were handed over. */
    void submitted(Flight flight) {
        flight.submitted = true;
        submitted += flight.outcomes.length;
    }

    /** Some outcomes are durable, and with them all outcomes of some flights. */
    void landed(int outcomes, List<Flight> whole) {
        outstanding -= outcomes;
        whole.forEach(flight -> byClaim.remove(flight.claim.id(), flight));
    }

    /** Whether a flight is on its way still. */
    boolean has(Flight flight) {
        return byClaim.get(flight.claim.id()) == flight;
    }

    /** The claims that are on their way; the caller's to read until something changes. */
    Set<Long> claims() {
        return byClaim.keySet();
    }

    /** Takes all out. */
    List<Flight> clear() {
        List<Flight> all = new ArrayList<>(byClaim.values());
        byClaim.clear();
        outstanding = 0;
        return all;
    }

    /** How many addressees were claimed and have no durable outcome. */
    int outstanding() {
        return outstanding;
    }

    /** How many addressees were handed over since the start. */
    long submitted() {
        return submitted;
    }
}
