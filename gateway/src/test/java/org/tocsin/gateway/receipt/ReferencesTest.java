package org.tocsin.gateway.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {
    /** What carriers are seen to count by; a poor spread would take hours, not a second. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 8, 10, 64, 100, 1_000, 1_024, 65_536, 1_000_000, 1L << 25})
    void numbersInStepsOfAnySizeAreFound(long step) {
        assertFound(at -> Long.toString(10_000_000_000L + at * step));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%08X", "ab-%d", "%020d", "2026112212%07d"})
    void textsOfAnyFormAreFound(String form) {
        assertFound(at -> form.formatted(at));
    }

    private static void assertFound(IntFunction<String> name) {
        int many = 200_000;
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            References references = new References();
            for (int at = 0; at < many; at++) {
                references.put(Fingerprint.of(name.apply(at)), at);
            }
            for (int at = 0; at < many; at++) {
                assertEquals(at, references.find(Fingerprint.of(name.apply(at))));
            }
            assertEquals(many, references.size());
        });
    }
}
