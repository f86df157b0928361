package org.tocsin.gateway.report.pack;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PersonCountsTest {
    @Test
    void twoThatBeginAlikeAreDistinctAndTwoThatAreTheSameAreNot() {
        PersonCounts counts = new PersonCounts(1, 1);
        add(counts, 7, 1);
        add(counts, 7, 2);
        assertTrue(counts.isDistinct());

        add(counts, 7, 1);

        assertFalse(counts.isDistinct());
    }

    /** Each pair made the whole pack be read once more: half a million pairs would have taken days. */
    @Test
    void aPackOfPairsThatBeginAlikeIsRefusedAtOnce() {
        PersonCounts counts = new PersonCounts(1, 1);
        for (int at = 0; at < 1_000_000; at++) {
            add(counts, at / 2, at);
        }

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertFalse(counts.isDistinct()));
    }

    private static void add(PersonCounts counts, long name, long tail) {
        counts.add(0, ByteBuffer.allocate(16).putLong(name).putLong(tail).array(), 0);
    }
}
