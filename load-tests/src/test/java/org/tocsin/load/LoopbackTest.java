package org.tocsin.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.load.smpp.BareSmppClient;

class LoopbackTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "localhost", "::1"})
    void letsThisMachineThrough(String host) {
        assertEquals(host, Loopback.require(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "10.0.0.1", "0.0.0.0", "2001:db8::1"})
    void refusesAnyOther(String host) {
        assertThrows(IllegalArgumentException.class, () -> Loopback.require(host));
        assertThrows(
                IllegalArgumentException.class,
                () -> BareSmppClient.run(host, 2775, "system", "password", 1, 1, "text", 1));
    }
}
