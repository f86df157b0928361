package org.tocsin.gateway.receipt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {
    private static final References.Whose ANYBODY = (ordinal, address) -> true;

    @Test
    void whatLeadsToSeveralPlacesIsTheNewestThatFits() {
        References references = new References();
        for (int ordinal = 0; ordinal < 4; ordinal++) {
            references.put(77, ordinal, ordinal + 1);
        }
        assertEquals(References.place(3, 4), references.find(77, null, ANYBODY));
        assertEquals(References.place(1, 2), references.find(77, null, (ordinal, address) -> ordinal < 2));
        assertEquals(References.NOWHERE, references.find(77, null, (ordinal, address) -> false));
        assertArrayEquals(
                new long[] {
                    References.place(3, 4), References.place(2, 3), References.place(1, 2), References.place(0, 1)
                },
                references.all(77));
    }

    @Test
    void millionsAreFoundAndThoseWhoAreGoneAreForgotten() {
        int many = 3_000_000;
        int gone = 1_700_000;
        References references = new References();
        for (int at = 0; at < many; at++) {
            references.put(Fingerprint.of(Integer.toString(at)), at, at & 31);
        }
        references.put(Fingerprint.of("0"), gone, 5);
        references.forget(ordinal -> ordinal < gone);
        references.rebase(gone);
        assertEquals(many - gone + 1, references.size());
        for (int at = 1; at < many; at += 7) {
            long place = references.find(Fingerprint.of(Integer.toString(at)), null, ANYBODY);
            assertEquals(at < gone ? References.NOWHERE : References.place(at - gone, at & 31), place);
        }
        assertEquals(References.place(0, 5), references.find(Fingerprint.of("0"), null, ANYBODY));
        references.forget(ordinal -> true);
        assertEquals(0, references.size());
        references.put(1, 0, 0);
        assertEquals(References.place(0, 0), references.find(1, null, ANYBODY));
    }

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
                references.put(Fingerprint.of(name.apply(at)), at, 0);
            }
            for (int at = 0; at < many; at++) {
                assertEquals(References.place(at, 0), references.find(Fingerprint.of(name.apply(at)), null, ANYBODY));
            }
            assertEquals(many, references.size());
        });
    }
}
