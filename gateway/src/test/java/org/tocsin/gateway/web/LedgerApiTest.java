package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.ledger.LedgerFile;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.ledger.Seal;
import org.tocsin.gateway.ledger.SealCheck;
import org.tocsin.gateway.ledger.SealReceipt;
import org.tocsin.gateway.ledger.Sealer;
import org.tocsin.gateway.ledger.TestKeys;
import org.tocsin.gateway.ledger.Witness;
import org.tocsin.gateway.link.GatewayWitness;
import org.tocsin.gateway.link.VertxHttpExchange;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.store.RedisLedger;
import org.tocsin.gateway.store.RedisSealStore;

@ExtendWith(RedisExtension.class)
class LedgerApiTest {
    private static final String LEDGER = "/api/v1/ledger";
    private static final String WITNESS = "/api/v1/witness/seals";
    private static final Seal FIRST = seal(null, 5);
    private static final Seal SECOND = seal(FIRST, 9);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void auditorsReadTheLedgerPageByPageAndNobodyElseDoes(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.signed("A1");
            JsonNode first = TestGateway.json(gateway.get(Role.AUDITOR, LEDGER + "?limit=2"));
            JsonNode rest = TestGateway.json(gateway.get(
                    Role.ADMIN, LEDGER + "?from=" + first.path("next").asLong()));

            assertEquals(2, first.path("entries").size());
            assertEquals("access.bootstrap", first.at("/entries/0/act").asText());
            assertEquals(3, rest.at("/entries/0/sequence").asLong());
            assertTrue(rest.path("next").isNull());
            assertEquals(
                    rest.at("/head/hash").asText(),
                    rest.path("entries")
                            .path(rest.path("entries").size() - 1)
                            .path("hash")
                            .asText());
            for (Role role : new Role[] {Role.AGENCY, Role.ISSUER, Role.REVIEWER, Role.SIGNER}) {
                for (String path : new String[] {"", "/export", "/seals", "/verification"}) {
                    assertEquals(403, gateway.get(role, LEDGER + path).statusCode(), path);
                }
            }
            assertEquals(401, gateway.get(null, LEDGER).statusCode());
            for (String wrong :
                    new String[] {"?from=0", "?limit=501", "?from=x", "/export?from=9999", "/export?to=0&from=2"}) {
                assertEquals(400, gateway.get(Role.AUDITOR, LEDGER + wrong).statusCode(), wrong);
            }
        }
    }

    @Test
    void theExportAndItsPartsVerifyAgainstTheSealsPage(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.signed("A1");
            sealNow(redis);
            gateway.signed("A2");
            Path file = folder.resolve("ledger.jsonl");
            HttpResponse<String> export = gateway.get(Role.AUDITOR, LEDGER + "/export");
            Files.writeString(file, export.body());
            JsonNode page = TestGateway.json(gateway.get(Role.AUDITOR, LEDGER + "/seals"));
            Seal seal = Seal.read(page.at("/seals/0/seal"));

            LedgerFile.Found found =
                    LedgerFile.verify(List.of(file), new SealCheck(Set.of(seal), Set.of(seal.signer())), entry -> {});

            assertEquals(List.of(), found.troubles());
            assertEquals(1, found.matched());
            Files.writeString(
                    file,
                    gateway.get(Role.AUDITOR, LEDGER + "/export?from=2&to=4").body());
            LedgerFile.Found part = LedgerFile.verify(List.of(file), new SealCheck(Set.of(), Set.of()), entry -> {});
            assertEquals(List.of(), part.troubles());
            assertEquals(3, part.entries());
            JsonNode live = TestGateway.json(gateway.get(Role.AUDITOR, LEDGER + "/verification?limit=3"));
            assertTrue(live.path("holds").asBoolean(), live::toString);
            assertEquals(4, live.path("next").asLong());
            JsonNode rest = TestGateway.json(gateway.get(Role.AUDITOR, LEDGER + "/verification?from=4"));
            assertTrue(rest.path("holds").asBoolean(), rest::toString);
            assertEquals(1, rest.path("seals").asInt());
            assertEquals(seal.signer(), rest.at("/signers/0/signer").asText());
            assertFalse(rest.at("/signers/0/isOwn").asBoolean(), "it was sealed by the other key of this test");
            assertTrue(rest.path("next").isNull());
        }
    }

    @Test
    void aWitnessAnswersWithItsReceiptAndNamesBothSealsOfAContradiction(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> taken = bring(gateway, FIRST);
            assertEquals(201, taken.statusCode());
            assertTrue(SealReceipt.read(TestGateway.json(taken)).isFor(FIRST));
            HttpResponse<String> again = bring(gateway, FIRST);
            assertEquals(200, again.statusCode());
            assertEquals(taken.body(), again.body());
            Seal other = Seal.after(null, new LedgerHead(5, "0".repeat(64)), FIRST.day(), FIRST.at(), TestKeys.COUNTY);
            HttpResponse<String> contradiction = bring(gateway, other);
            assertEquals(409, contradiction.statusCode());
            assertEquals(
                    "seal-contradicts",
                    TestGateway.json(contradiction).at("/errors/0/code").asText());
            assertTrue(contradiction.body().contains(FIRST.hash())
                    && contradiction.body().contains(other.hash()));
            assertEquals(
                    422,
                    bring(gateway, Seal.read(SECOND.json().put("count", 3))).statusCode());
            assertEquals(
                    403,
                    bring(
                                    gateway,
                                    Seal.after(
                                            null,
                                            new LedgerHead(5, FIRST.head()),
                                            FIRST.day(),
                                            FIRST.at(),
                                            TestKeys.WITNESS))
                            .statusCode());
            assertEquals(400, gateway.post(Role.WITNESS, WITNESS, "{\"day\":1}").statusCode());
            assertEquals(400, gateway.post(Role.WITNESS, WITNESS, "{").statusCode());
            assertEquals(
                    413, gateway.post(Role.WITNESS, WITNESS, " ".repeat(5000)).statusCode());
            assertEquals(403, gateway.post(Role.ADMIN, WITNESS, text(FIRST)).statusCode());

            String of = FIRST.signer();
            JsonNode page = TestGateway.json(gateway.get(Role.AUDITOR, WITNESS + "?of=" + of));
            assertEquals(FIRST, Seal.read(page.at("/seals/0/seal")));
            assertEquals(1, page.path("seals").size());
            assertEquals(other, Seal.read(page.at("/contradictions/0")));
            assertEquals(1, page.path("contradictions").size());
            assertEquals(400, gateway.get(Role.AUDITOR, WITNESS).statusCode());
            assertEquals(
                    "witness.seal",
                    TestGateway.json(gateway.get(Role.AUDITOR, LEDGER))
                            .at("/entries/1/act")
                            .asText());
        }
    }

    @Test
    void whoBringsSealsMayNothingElse(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String id = gateway.signed("A1");
            for (String path :
                    new String[] {"/api/v1/warnings", "/api/v1/warnings/" + id, "/metrics", LEDGER, WITNESS}) {
                int status = gateway.get(Role.WITNESS, path).statusCode();
                assertTrue(status == 401 || status == 403, path + ": " + status);
            }
            assertEquals(
                    401,
                    gateway.post(Role.WITNESS, "/api/v1/warnings/" + id + "/stop", "{}")
                            .statusCode());
        }
    }

    @Test
    void oneGatewayBringsItsSealsToAnother(Redis redis) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (TestGateway gateway = new TestGateway(redis);
                VertxHttpExchange http = new VertxHttpExchange(vertx, VertxHttpExchange.Limits.standard())) {
            GatewayWitness witness =
                    new GatewayWitness(http, URI.create(gateway.address()), TestGateway.key(Role.WITNESS));

            String receipt = witness.show(FIRST);
            assertEquals(receipt, witness.show(FIRST));
            Seal third = seal(SECOND, 12);
            assertEquals(Witness.Failed.Kind.GAP, failed(witness, third));
            witness.show(SECOND);
            witness.show(third);
            assertEquals(Witness.Failed.Kind.REFUSED, failed(witness, seal(FIRST, 8)));
            gateway.whyNot.set("the store is not there");
            assertEquals(Witness.Failed.Kind.AWAY, failed(witness, seal(third, 20)));
            gateway.whyNot.set(null);
            GatewayWitness unknown = new GatewayWitness(http, URI.create(gateway.address()), "nobody-0123456789");
            assertEquals(Witness.Failed.Kind.AWAY, failed(unknown, FIRST));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static Witness.Failed.Kind failed(GatewayWitness witness, Seal seal) {
        return assertThrows(Witness.Failed.class, () -> witness.show(seal)).kind();
    }

    private static void sealNow(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        new Sealer(
                        ledger,
                        new RedisSealStore(redis, ledger),
                        () -> TestKeys.COUNTY,
                        ZoneId.of("Asia/Shanghai"),
                        InstantSource.system())
                .sealIfDue();
    }

    private static HttpResponse<String> bring(TestGateway gateway, Seal seal) {
        return gateway.post(Role.WITNESS, WITNESS, text(seal));
    }

    private static String text(Seal seal) {
        return seal.json().toString();
    }

    private static Seal seal(@org.jspecify.annotations.Nullable Seal before, long sequence) {
        LocalDate day =
                before == null ? LocalDate.of(2024, 7, 20) : before.day().plusDays(1);
        return Seal.after(
                before,
                new LedgerHead(sequence, Long.toHexString(sequence).repeat(64).substring(0, 64)),
                day,
                Instant.parse(day + "T16:00:00Z"),
                TestKeys.COUNTY);
    }
}
