package org.tocsin.gateway.registry;

import java.time.Instant;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** What an undo asks about warnings, whose course it must not touch. Blocks. */
public interface OpenWarnings {
    /** For a registry without warnings. */
    OpenWarnings NONE = new OpenWarnings() {
        @Override
        public List<String> addressing(RoaringBitmap persons, RoaringBitmap terminals) {
            return List.of();
        }

        @Override
        public List<String> signedSince(Instant since) {
            return List.of();
        }
    };

    /** The ids of the warnings, signed and not sealed yet, that are addressed to one of these. */
    List<String> addressing(RoaringBitmap persons, RoaringBitmap terminals);

    /** The ids of the warnings that were signed then or later. */
    List<String> signedSince(Instant since);
}
