package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DelaysTest {
    private long nanos;
    private final Delays delays = new Delays(() -> nanos);

    @Test
    void withoutReportsThereIsNoDelay() {
        assertEquals(-1, delays.percentile(0.5));
    }

    @Property(tries = 300)
    void aDelayIsNamedAtMostAQuarterTooLong(@ForAll @LongRange(min = 1, max = 172_800_000) long millis) {
        Delays one = new Delays(() -> 0);
        one.add(millis);

        long named = one.percentile(0.99);
        assertTrue(named >= millis && named <= millis + Math.max(1, millis / 4 + 1), millis + " is named " + named);
    }

    @Test
    void percentilesAreThoseOfWhatCame() {
        for (int report = 1; report <= 1_000; report++) {
            delays.add(report);
        }

        assertTrue(delays.percentile(0.5) >= 500 && delays.percentile(0.5) <= 640);
        assertTrue(delays.percentile(0.99) >= 990 && delays.percentile(0.99) <= 1_280);
    }

    @Test
    void whatIsOldFades() {
        delays.add(100);
        delays.add(100);
        nanos += Duration.ofMinutes(6).toNanos();
        delays.fade();

        assertEquals(1, delays.count());
    }
}
