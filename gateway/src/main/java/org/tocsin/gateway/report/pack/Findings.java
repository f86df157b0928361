package org.tocsin.gateway.report.pack;

import java.util.ArrayList;
import java.util.List;

/** Findings as they are made; only the first ones are kept. Not for several threads at once. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();
    private String reading = "manifest";

    /** Says what is read from now on, so that whatever cannot be read has a place. */
    void reading(PackFormat.Segment segment) {
        reading = "segment " + segment.word;
    }

    /** What is being read. */
    String reading() {
        return reading;
    }

    void add(String place, String what) {
        if (all.size() < PackVerification.MOST_FINDINGS) {
            all.add(new Finding(place, what));
        }
    }

    void check(boolean holds, String place, String what) {
        if (!holds) {
            add(place, what);
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<Finding> all() {
        return all;
    }
}
