package org.tocsin.gateway.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);

    /** RFC 6238, appendix B, the last six digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130",
    })
    void makesTheCodesOfTheStandard(long second, String code) {
        assertEquals(code, Totp.code(SECRET, Instant.ofEpochSecond(second)));
    }

    @Test
    void takesTheCodesOfOneStepAround() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        long step = 1_111_111_111 / 30;

        assertEquals(OptionalLong.of(step), Totp.step(SECRET, Totp.code(SECRET, now), now));
        assertEquals(OptionalLong.of(step - 1), Totp.step(SECRET, Totp.code(SECRET, now.minusSeconds(30)), now));
        assertEquals(OptionalLong.of(step + 1), Totp.step(SECRET, Totp.code(SECRET, now.plusSeconds(30)), now));
        assertTrue(
                Totp.step(SECRET, Totp.code(SECRET, now.minusSeconds(61)), now).isEmpty());
        assertTrue(Totp.step(SECRET, "", now).isEmpty());
    }

    /** RFC 4648, section 10. */
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void writesSecretsAsAppsTakeThem(String text, String base32) {
        assertEquals(base32, Totp.base32(text.getBytes(US_ASCII)));
    }

    @Test
    void escapesNamesInTheAddress() {
        assertEquals(
                "otpauth://totp/Tocsin:a%26b%20c?secret=MZXW6&issuer=Tocsin",
                Totp.address("Tocsin", "a&b c", "foo".getBytes(US_ASCII)));
    }
}
