package org.tocsin.gateway.receipt;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A link's orphans of which nobody knows yet whose they are, oldest first. Not for several threads at once. */
final class OrphanBook {
    private static final int MOST = 200_000;

    /** With how many entries came before theirs. */
    private final Map<Orphan, Long> orphans = new LinkedHashMap<>();

    private final Map<Long, Orphan> byReference = new HashMap<>();

    /** Adds one; while too many are there it is let go. */
    void add(Orphan orphan, long entriesBefore) {
        if (orphans.size() < MOST) {
            orphans.put(orphan, entriesBefore);
            if (orphan.reference() != 0) {
                byReference.put(orphan.reference(), orphan);
            }
        }
    }

    void remove(Orphan orphan) {
        orphans.remove(orphan);
        byReference.remove(orphan.reference());
    }

    /** Forgets those that came before so many entries. */
    void removeBefore(long entries) {
        orphans.entrySet().removeIf(orphan -> orphan.getValue() < entries);
        byReference.values().removeIf(orphan -> !orphans.containsKey(orphan));
    }

    /** The one with a carrier's reference; null where there is none. */
    @Nullable
    Orphan find(long reference) {
        return byReference.isEmpty() ? null : byReference.get(reference);
    }

    Collection<Orphan> all() {
        return List.copyOf(orphans.keySet());
    }
}
