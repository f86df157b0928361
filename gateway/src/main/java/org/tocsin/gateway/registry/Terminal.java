package org.tocsin.gateway.registry;

import java.time.LocalTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.alert.Position;

/**
 * A loudspeaker, screen or other device that speaks to all around it.
 *
 * <p>One that was taken out again keeps its number as a tomb: it has no kind, serves nobody and is found by no code.
 *
 * @param number dense, 0 …; never changes within a generation
 * @param code unique; 1 to 64 letters, digits and {@code . _ : -}
 * @param kind the word of {@code Addressing.Terminal.kind}: loudspeaker, screen; empty for a tomb
 * @param village the number of the village where it stands
 * @param position where it stands; null where unknown
 * @param owner whose it is
 * @param serves the residents whom it serves, 0 or more
 * @param sharedLevels the levels at which its owner lends it to warnings; empty for a mere probe
 * @param sharedHours the hours at which its owner lends it; null means always
 * @param probe whether an Exercise or Test may use it
 */
public record Terminal(
        int number,
        String code,
        String kind,
        int village,
        @Nullable Position position,
        String owner,
        int serves,
        Set<Level> sharedLevels,
        @Nullable SharedHours sharedHours,
        boolean probe) {
    /** Copies the levels. */
    public Terminal {
        sharedLevels = Set.copyOf(sharedLevels);
    }

    /** Whether it was taken out. */
    public boolean isRemoved() {
        return kind.isEmpty();
    }

    /** What is left of it when it is taken out. */
    Terminal removed() {
        return new Terminal(number, code, "", village, null, "", 0, Set.of(), null, false);
    }

    /** The same terminal under another number. */
    Terminal withNumber(int other) {
        return new Terminal(other, code, kind, village, position, owner, serves, sharedLevels, sharedHours, probe);
    }

    /** Whether its owner lends it to a warning of this level at this time of day (in the county's zone). */
    public boolean sharesFor(Level level, LocalTime time) {
        return sharedLevels.contains(level) && (sharedHours == null || sharedHours.include(time));
    }
}
