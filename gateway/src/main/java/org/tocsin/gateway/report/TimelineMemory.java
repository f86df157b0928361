package org.tocsin.gateway.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps when an issue's coverage first reached its marks, so that a restart does not make them later. */
public interface TimelineMemory {
    /**
     * When marks were first reached; null where they were not.
     *
     * @param first the first person
     * @param half half of the residents
     * @param nineTenths nine tenths of the residents
     * @param goal what the goal wants of the residents
     */
    record Marks(
            @Nullable Instant first, @Nullable Instant half, @Nullable Instant nineTenths, @Nullable Instant goal) {
        /** None reached. */
        public static final Marks NONE = new Marks(null, null, null, null);
    }

    /** Forgets everything at a restart: marks reached before are then given the time of the restart. */
    TimelineMemory FORGETFUL = new TimelineMemory() {
        @Override
        public Marks recall(String issue) {
            return Marks.NONE;
        }

        @Override
        public void keep(String issue, Marks marks) {
            // It says so.
        }
    };

    /** What was kept of an issue; {@link Marks#NONE} where nothing was. May block. */
    Marks recall(String issue);

    /** Keeps an issue's marks; one kept before is never made later. May block and may fail. */
    void keep(String issue, Marks marks);
}
