package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.ApiClient;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.access.Session;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Sample;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.dispatch.Plans;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;

/** A real primary with a real replica: what is accepted is on both, whatever becomes of the replica. */
class ReplicasIT {
    private static final Deed DEED = new Deed(Instant.parse("2026-07-20T00:00:00Z"), "actor", "act", "subject", "");

    @TempDir
    Path temporary = Path.of("");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private OwnRedis primary;
    private OwnRedis replica;
    private Redis redis;

    /** What the gateway writes: each is done once, checked, and done again. */
    private enum Write {
        WARNING {
            @Override
            void on(Redis redis) {
                SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());
                if (desk.store
                        .findByIdentity(SAMPLE.sender(), SAMPLE.identifier(), SAMPLE.sent())
                        .isEmpty()) {
                    desk.post(Sample.alert("A1").level(Level.III).posting());
                }
            }

            @Override
            void isThereOnce(Redis redis) {
                SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());
                assertEquals(1, desk.store.findByIdentifier("A1").size());
                assertEquals(2, desk.ledger.head().sequence(), "made and submitted, once each");
                assertTrue(desk.ledger.verify().holds());
            }
        },
        CLIENTS {
            @Override
            void on(Redis redis) {
                ApiClient client = new ApiClient("a", "a", "hash", Set.of(Role.ADMIN), Set.of(), Set.of(), DEED.at());
                new RedisClientStore(redis, new RedisLedger(redis)).createFirst(List.of(client), DEED);
            }

            @Override
            void isThereOnce(Redis redis) {
                assertEquals(
                        1,
                        new RedisClientStore(redis, new RedisLedger(redis))
                                .list()
                                .size());
                assertEquals(1, new RedisLedger(redis).head().sequence());
            }
        },
        SESSION {
            @Override
            void on(Redis redis) {
                Session session = new Session("a", Session.Stage.OPEN, DEED.at(), DEED.at(), "", null);
                new RedisSessionStore(redis).put("hash", session, Duration.ofHours(1));
            }

            @Override
            void isThereOnce(Redis redis) {
                assertEquals(1, redis.connection().sync().exists("{tocsin}:session:hash"));
            }
        },
        PLAN {
            @Override
            void on(Redis redis) {
                new RedisPlans(redis).keep("i", bytes("plan"), bytes("notices"));
            }

            @Override
            void isThereOnce(Redis redis) {
                assertArrayEquals(bytes("plan"), redis.connection().sync().get("{tocsin}:issue:i:plan"));
            }
        },
        GATE {
            @Override
            void on(Redis redis) {
                new RedisPlans(redis).gate("i", Plans.Gate.STOPPED);
            }

            @Override
            void isThereOnce(Redis redis) {
                assertEquals(Plans.Gate.STOPPED, new RedisPlans(redis).gates().get("i"));
            }
        },
        LANE {
            @Override
            void on(Redis redis) {
                try (RedisLanes lanes = new RedisLanes(redis)) {
                    Waiting.plainly(lanes.push("l", 1, "mark", List.of(bytes("one"), bytes("two"))));
                }
            }

            @Override
            void isThereOnce(Redis redis) {
                assertEquals(2, redis.connection().sync().xlen("{link:l}:lane:1"));
            }
        },
        REGISTRY {
            @Override
            void on(Redis redis) {
                Registry registry =
                        REGISTRIES.computeIfAbsent(redis, one -> Registry.open(new RedisRegistryStore(one)));
                try (RegistryWriter writer = registry.writer()) {
                    new SyntheticCounty(5, 10_000, 0.9).writeTo(writer);
                }
            }

            @Override
            void isThereOnce(Redis redis) {
                assertEquals(
                        743,
                        Registry.open(new RedisRegistryStore(redis)).divisions().villages());
            }
        };

        private static final org.tocsin.alert.Alert SAMPLE =
                Sample.alert("A1").level(Level.III).posting().alert();
        private static final java.util.Map<Redis, Registry> REGISTRIES = new java.util.concurrent.ConcurrentHashMap<>();

        abstract void on(Redis redis);

        abstract void isThereOnce(Redis redis);
    }

    @BeforeEach
    void start() {
        primary = keep(OwnRedis.start(temporary.resolve("primary")));
        replica = keep(OwnRedis.replicaOf(primary, temporary.resolve("replica")));
        redis = keep(Redis.connect(primary.uri(), 1));
    }

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasOnTheReplicaWhatWasAccepted(Write write) {
        write.on(redis);

        write.isThereOnce(keep(replica.connect()));
    }

    @ParameterizedTest
    @EnumSource
    void acceptsNothingWithoutTheReplicaAndDoesItOnceWhenItIsBack(Write write) {
        replica.kill();

        RuntimeException first = assertThrows(RuntimeException.class, () -> write.on(redis));
        RuntimeException again = assertThrows(RuntimeException.class, () -> write.on(redis));

        assertTrue(StoreOutage.isOutage(first), first::toString);
        assertTrue(StoreOutage.isOutage(again), again::toString);
        assertTrue(redis.isInDoubt());
        replica.launch();
        replica.awaitLink();
        write.on(redis);
        assertFalse(redis.isInDoubt());
        write.isThereOnce(redis);
        write.isThereOnce(keep(replica.connect()));
    }

    @Test
    void refusesAtOnceAndWritesNothingMoreWhileTheReplicaIsKnownToBeAway() {
        RedisLedger ledger = new RedisLedger(redis);
        replica.kill();
        assertThrows(Redis.NotReplicated.class, () -> ledger.append(DEED));
        long before = System.nanoTime();

        for (int i = 0; i < 3; i++) {
            assertThrows(Redis.NotReplicated.class, () -> ledger.append(DEED));
        }

        assertTrue(System.nanoTime() - before < Duration.ofSeconds(2).toNanos());
        assertEquals(1, ledger.head().sequence());
    }

    @Test
    void tellsNobodyOfAWarningThatOnlyThePrimaryHas() {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());
        var posting = Sample.alert("A1").level(Level.III).posting();
        replica.kill();
        assertThrows(Redis.NotReplicated.class, () -> desk.post(posting));

        // Another gateway that has no doubt yet reads it from the primary.
        SignOffDesk other = new SignOffDesk(keep(Redis.connect(primary.uri(), 1)), ApprovalMatrix.standard());
        var alert = posting.alert();
        assertThrows(
                Redis.NotReplicated.class,
                () -> other.store.findByIdentity(alert.sender(), alert.identifier(), alert.sent()));
    }

    @Test
    void signsOnceWhatWasSignedWithoutTheReplica() {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());
        Warning posted = desk.post(Sample.alert("A1").level(Level.III).posting());
        replica.kill();
        assertThrows(Redis.NotReplicated.class, () -> desk.approve(SignOffDesk.SIGNER, posted));
        assertEquals(List.of(), desk.signed);
        replica.launch();
        replica.awaitLink();

        Decision repeated = desk.approve(SignOffDesk.SIGNER, posted);

        assertTrue(repeated instanceof Decision.Denied, repeated::toString);
        assertEquals(WarningState.SIGNED, desk.state(posted));
        assertTrue(desk.ledger.verify().holds());
        assertEquals(3, desk.ledger.head().sequence());
    }

    @Test
    void countsAJournalsEntryOnlyWithTheReplica() {
        RedisJournal journal = keep(new RedisJournal(redis));
        Waiting.plainly(journal.append("l", 1, 0, new byte[0]));
        replica.kill();

        assertThrows(Redis.NotReplicated.class, () -> Waiting.plainly(journal.append("l", 1, 1, bytes("claims"))));
        replica.launch();
        replica.awaitLink();

        // The next owner's first entry stands behind all that was there, and confirms it with itself.
        Waiting.plainly(journal.append("l", 2, 0, new byte[0]));
        RedisJournal copy = keep(new RedisJournal(keep(replica.connect())));
        assertEquals(
                List.of("1-0", "1-1", "2-0"),
                Waiting.plainly(copy.read("l", "", 10)).stream()
                        .map(entry -> entry.id())
                        .toList());
    }

    @Test
    void leavesALinkToNobodyWithoutTheReplica() {
        RedisLanes lanes = keep(new RedisLanes(redis));
        replica.kill();

        assertThrows(
                Redis.NotReplicated.class, () -> Waiting.plainly(lanes.acquire("l", "node", Duration.ofSeconds(10))));
    }

    @Test
    void readsWhileAWriteWaits() {
        RedisLedger ledger = new RedisLedger(redis);
        ledger.append(DEED);
        replica.kill();
        Thread writing = new Thread(() -> assertThrows(Redis.NotReplicated.class, () -> ledger.append(DEED)));
        writing.start();
        await().until(() -> ledger.head().sequence() == 2);

        long before = System.nanoTime();
        ledger.head();

        assertTrue(writing.isAlive());
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(1).toNanos());
        await().atMost(Duration.ofSeconds(10)).until(() -> !writing.isAlive());
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.push(one);
        return one;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
