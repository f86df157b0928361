package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class ProxiesTest {
    /** One address has 300 at once and 20 a second. */
    private static final int MOST = 3_000;

    private static final int MORE_THAN_ONE_ADDRESS_MAY = 400;

    @Test
    void nobodysWordIsTakenUnlessItIsSet() {
        assertEquals("10.0.0.1", Proxies.NONE.client("10.0.0.1", List.of("203.0.113.9")));
        assertEquals("10.0.0.1", Proxies.of(" ").client("10.0.0.1", List.of("203.0.113.9")));
        assertEquals(
                "198.51.100.7", Proxies.of("10.0.0.0/8").client("198.51.100.7", List.of("203.0.113.9")), "a stranger");
    }

    @Test
    void aForgedBeginningCountsForNothing() {
        Proxies proxies = Proxies.of("10.0.0.0/8, 192.168.1.5, 2001:db8::/32");

        assertEquals("203.0.113.9", proxies.client("10.9.9.9", List.of("1.2.3.4, 10.0.0.3, 203.0.113.9")));
        assertEquals("203.0.113.9", proxies.client("10.9.9.9", List.of("1.2.3.4,203.0.113.9, 10.0.0.3")));
        assertEquals("203.0.113.9", proxies.client("10.9.9.9", List.of("1.2.3.4", "203.0.113.9, 192.168.1.5")));
        assertEquals("192.168.1.6", proxies.client("10.9.9.9", List.of("1.2.3.4, 192.168.1.6")));
        assertEquals("2001:db9:0:0:0:0:0:1", proxies.client("2001:db8::1", List.of("[2001:db9::1]:443")));
        assertEquals("203.0.113.9", proxies.client("::ffff:10.0.0.1", List.of("203.0.113.9:51000")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unknown", "", "300.1.1.1", "1.2.3", "example.org", "_hidden", "1.2.3.4 5", ":::", "<script>"})
    void whatIsNoAddressLeavesTheProxys(String word) {
        assertEquals("10.0.0.1", Proxies.of("10.0.0.1").client("10.0.0.1", List.of("203.0.113.9, " + word)));
    }

    @Test
    void aWayWithoutEndIsNotFollowed() {
        assertEquals(
                "10.0.0.1", Proxies.of("10.0.0.1").client("10.0.0.1", List.of("10.0.0.1,".repeat(2_000) + "10.0.0.1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0", "10.0.0.1/", "::/129", "/8"})
    void refusesASettingThatNamesNoAddress(String text) {
        assertThrows(IllegalArgumentException.class, () -> Proxies.of(text));
    }

    @Test
    void aForgedHeaderIsNoWayAroundTheDelay(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            assertTrue(isRefused(gateway, MOST), "each with another address, and all are one");
        }
    }

    @Test
    void behindATrustedProxyEachIsCountedByTheirOwnAddress(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis, config -> config.behind(Proxies.of("127.0.0.1, ::1")))) {
            assertFalse(isRefused(gateway, MORE_THAN_ONE_ADDRESS_MAY));
        }
    }

    /** Whether one of those is held back who guess keys, each from another address as they say. */
    private static boolean isRefused(TestGateway gateway, int most) {
        for (int at = 0; at < most; at++) {
            HttpResponse<String> answer = gateway.send(gateway.request("/api/v1/warnings")
                    .header("Authorization", "Bearer guess-guess-guess-" + at)
                    .header("X-Forwarded-For", "203.0." + at / 250 + "." + at % 250)
                    .build());
            if (answer.statusCode() == 429) {
                return true;
            }
        }
        return false;
    }
}
