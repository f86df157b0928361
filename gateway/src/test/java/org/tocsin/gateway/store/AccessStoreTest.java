package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Access;
import org.tocsin.gateway.access.BootstrapKeys;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.access.SecondFactors;
import org.tocsin.gateway.access.SessionLife;
import org.tocsin.gateway.access.Sessions;

@ExtendWith(RedisExtension.class)
class AccessStoreTest {
    private static final String ISSUER_KEY = "issuer-key-0123456789";
    private static final String SIGNER_KEY = "signer-key-0123456789";

    @Test
    void makesTheFirstClientsOnceAndIgnoresKeysAfterwards(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        Access access = new Access(new RedisClientStore(redis, ledger), InstantSource.system());

        assertTrue(access.bootstrap(BootstrapKeys.parse("issuer:" + ISSUER_KEY)));
        assertFalse(access.bootstrap(BootstrapKeys.parse("signer:" + SIGNER_KEY)));

        assertEquals(
                Set.of(Role.ISSUER),
                access.authenticate(ISSUER_KEY).orElseThrow().roles());
        assertTrue(access.authenticate(SIGNER_KEY).isEmpty());
        assertTrue(access.authenticate("").isEmpty());
        assertTrue(access.authenticate("x".repeat(100_000)).isEmpty());
        assertEquals(1, ledger.head().sequence());
    }

    @Test
    void keepsNoKeyInRedis(Redis redis) {
        Access access = new Access(new RedisClientStore(redis, new RedisLedger(redis)), InstantSource.system());
        access.bootstrap(BootstrapKeys.parse("issuer:" + ISSUER_KEY));

        for (String name : redis.connection().sync().keys("*")) {
            byte[] dumped = redis.connection().sync().dump(name);
            assertFalse(new String(dumped, UTF_8).contains(ISSUER_KEY), name);
        }
        redis.connection()
                .sync()
                .hvals("{tocsin}:clients")
                .forEach(json -> assertFalse(new String(json, UTF_8).contains(ISSUER_KEY)));
    }

    @Test
    void opensSessionsThatRunOutAndEnd(Redis redis) {
        Access access = new Access(new RedisClientStore(redis, new RedisLedger(redis)), InstantSource.system());
        access.bootstrap(BootstrapKeys.parse("issuer:" + ISSUER_KEY));
        Sessions sessions = sessions(redis, access, SessionLife.STANDARD);
        Sessions brief = sessions(redis, access, SessionLife.STANDARD.withIdle(Duration.ofMillis(40)));

        String one = sessions.open(ISSUER_KEY, "").orElseThrow();
        String other = sessions.open(ISSUER_KEY, "").orElseThrow();
        String soonOver = brief.open(ISSUER_KEY, "").orElseThrow();
        sessions.end(other);

        assertTrue(sessions.open("wrong-key-0123456789", "").isEmpty());
        assertEquals("issuer", sessions.find(one).map(Principal::id).orElseThrow());
        assertTrue(sessions.find(other).isEmpty());
        assertTrue(sessions.find("x".repeat(1000)).isEmpty());
        Awaitility.await()
                .until(() ->
                        redis.connection().sync().keys("{tocsin}:session:*").size() == 1);
        assertTrue(brief.find(soonOver).isEmpty());
    }

    private static Sessions sessions(Redis redis, Access access, SessionLife life) {
        return new Sessions(
                new RedisSessionStore(redis),
                access,
                SecondFactors.NONE,
                new SecureRandom(),
                InstantSource.system(),
                life);
    }
}
