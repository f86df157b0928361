package org.tocsin.gateway.issue;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.registry.Divisions;

/** The search over the divisions as they are: made anew when an import has changed them. Any thread. */
public final class DivisionIndex {
    private final Supplier<Divisions> divisions;
    private volatile @Nullable Made made;

    private record Made(Divisions of, DivisionSearch search) {}

    /** Takes who knows the divisions. */
    public DivisionIndex(Supplier<Divisions> divisions) {
        this.divisions = divisions;
    }

    /** The search over the divisions at this moment. */
    public DivisionSearch now() {
        Divisions current = divisions.get();
        Made there = made;
        if (there == null || there.of() != current) {
            there = new Made(current, new DivisionSearch(current));
            made = there;
        }
        return there.search();
    }
}
