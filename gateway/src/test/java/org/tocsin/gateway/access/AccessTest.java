package org.tocsin.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final String KEY = "0123456789abcdef";

    @Test
    void readsTheFirstKeys() {
        BootstrapKeys keys = BootstrapKeys.parse("issuer:" + KEY + ", signer:" + "s".repeat(128));

        assertEquals(Set.of(Role.ISSUER, Role.SIGNER), keys.byRole().keySet());
        assertEquals(KEY, keys.byRole().get(Role.ISSUER));
    }

    @Test
    void namesAllThatIsWrongWithTheFirstKeysAndNoKey() {
        String secret = "secret-but-bad!!!!!!";

        BootstrapKeys.Invalid invalid = assertThrows(
                BootstrapKeys.Invalid.class,
                () -> BootstrapKeys.parse(
                        "issuer:short,king:" + KEY + ",signer:" + secret + ",nothing,admin:" + KEY + ",admin:" + KEY));

        assertEquals(
                List.of(
                        "the key of issuer must be 16 to 128 characters of A-Z a-z 0-9 . _ ~ -",
                        "entry 2 names no role of issuer, reviewer, signer, agency, auditor, admin, witness",
                        "the key of signer must be 16 to 128 characters of A-Z a-z 0-9 . _ ~ -",
                        "entry 4 is not <role>:<key>",
                        "the key of admin is another entry's too",
                        "the key of admin is another entry's too",
                        "admin is there more than once"),
                invalid.problems());
        String message = String.valueOf(invalid.getMessage());
        assertFalse(message.contains(secret));
        assertFalse(message.contains(KEY));
        assertFalse(message.contains("short"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "issuer", "issuer:", "issuer:" + KEY + ","})
    void refusesWhatIsNoListOfKeys(String text) {
        assertThrows(BootstrapKeys.Invalid.class, () -> BootstrapKeys.parse(text));
    }

    @Test
    void doesNotPrintKeys() {
        assertFalse(BootstrapKeys.parse("issuer:" + KEY).toString().contains(KEY));
    }

    @ParameterizedTest
    @CsvSource({
        "411426000000, 411426101201, true",
        "411426, 411426101201, true",
        "411400000000, 411426101201, true",
        "410000, 411426, true",
        "411426101000, 411426101201, true",
        "411426101000, 411426102201, false",
        "411426101201, 411426101000, false",
        "411426000000, 411481000000, false",
        "411426101201, 411426101201, true",
    })
    void knowsWhichDivisionHoldsWhich(String upper, String lower, boolean holds) {
        assertEquals(holds, Codes.divisionHolds(upper, lower));
    }

    @ParameterizedTest
    @CsvSource({
        "11B00, 11B03, true",
        "11000, 11B03, true",
        "10000, 11B03, true",
        "11B03, 11B03, true",
        "11B03, 11B00, false",
        "11A00, 11B03, false",
        "00000, 11B03, false",
        "11B, 11B03, true",
    })
    void knowsWhichEventHoldsWhich(String upper, String lower, boolean holds) {
        assertEquals(holds, Codes.eventHolds(upper, lower));
    }

    @Test
    void letsOnlyTheUnrestrictedActWhereNothingIsKnown() {
        Principal county = principal(Set.of("411426"), Set.of());
        Principal anybody = principal(Set.of(), Set.of());

        assertTrue(county.mayActIn(List.of("411426101201", "411426102000")));
        assertFalse(county.mayActIn(List.of("411426101201", "411481000000")));
        assertFalse(county.mayActIn(List.of()));
        assertTrue(anybody.mayActIn(List.of()));
        assertTrue(anybody.mayActOn(List.of()));
        assertFalse(principal(Set.of(), Set.of("11B00")).mayActOn(List.of()));
    }

    private static Principal principal(Set<String> divisions, Set<String> hazards) {
        return new Principal("p", "P", Principal.Kind.CLIENT, Set.of(Role.ISSUER), divisions, hazards);
    }
}
