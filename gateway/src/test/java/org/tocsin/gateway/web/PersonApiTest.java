package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class PersonApiTest {
    private static final String PERSONS = "/api/v1/registry/persons";

    @Test
    void anAdministratorSeesAndErasesAPersonByKeyOrByBody(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            assertEquals(200, gateway.get(Role.ADMIN, PERSONS + "/p1").statusCode());
            assertEquals(404, gateway.get(Role.ADMIN, PERSONS + "/p2").statusCode());
            assertEquals(200, search(gateway, "{\"personKey\":\"p1\"}"));
            assertEquals(200, search(gateway, "{\"phone\":\"13900138000\"}"));
            assertEquals(404, search(gateway, "{\"phone\":\"13900138001\"}"));
            for (String wrong : List.of(
                    "{}",
                    "[]",
                    "{",
                    "{\"phone\":\"x\"}",
                    "{\"phone\":1}",
                    "{\"phone\":\"\"}",
                    "{\"name\":\"wang\"}",
                    "{\"phone\":\"1\",\"personKey\":\"p1\"}",
                    "{\"phone\":\"1\",\"phone\":\"2\"}",
                    "{\"personKey\":\"" + "k".repeat(129) + "\"}")) {
                assertEquals(400, search(gateway, wrong), wrong);
            }
            assertEquals(200, erase(gateway, "p1"));
            assertEquals(
                    200,
                    gateway.post(Role.ADMIN, PERSONS + "/erase", "{\"personKey\":\"p1\"}")
                            .statusCode());
            assertEquals(
                    400,
                    gateway.post(Role.ADMIN, PERSONS + "/erase", "{\"phone\":\"13900138000\"}")
                            .statusCode());
            assertEquals(
                    200,
                    gateway.post(Role.ADMIN, PERSONS + "/restore", "{\"personKey\":\"p1\"}")
                            .statusCode());
            assertEquals(
                    404,
                    gateway.post(Role.ADMIN, PERSONS + "/restore", "{\"personKey\":\"p2\"}")
                            .statusCode());
            assertEquals(
                    List.of("erase admin p1", "erase admin p1"),
                    gateway.personal.asked.stream()
                            .filter(asked -> asked.startsWith("erase"))
                            .toList());
            assertEquals(
                    415,
                    gateway.post(Role.ADMIN, PERSONS + "/search", "text/plain", BodyPublishers.ofString("p1"))
                            .statusCode());
        }
    }

    @Test
    void nobodyElseDoes(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            for (Role role : new Role[] {Role.AUDITOR, Role.AGENCY, Role.ISSUER, Role.REVIEWER, Role.SIGNER}) {
                assertEquals(403, gateway.get(role, PERSONS + "/p1").statusCode());
                assertEquals(
                        403,
                        gateway.post(role, PERSONS + "/search", "{\"personKey\":\"p1\"}")
                                .statusCode());
            }
            assertEquals(List.of(), gateway.personal.asked);
            assertEquals(200, gateway.get(Role.AUDITOR, "/api/v1/retention").statusCode());
            assertEquals(403, gateway.get(Role.ISSUER, "/api/v1/retention").statusCode());
        }
    }

    @Test
    void whoIsInOpenEvidenceIsErasedLater(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.personal.failure = new PersonalData.InUse(List.of("w1", "w2"));
            assertEquals(409, erase(gateway, "p1"));
            gateway.personal.failure = new RegistryImport.Busy("an import runs");
            assertEquals(409, erase(gateway, "p1"));
            gateway.personal.failure = new PersonalData.Stale();
            assertEquals(409, erase(gateway, "p1"));
        }
    }

    @Test
    void deliveriesThatAreNotKeptAnyMoreAreGone(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String id = gateway.signed("A1");
            gateway.personsRemoved = true;

            var gone = gateway.get(Role.AUDITOR, "/api/v1/warnings/" + id + "/deliveries");

            assertEquals(410, gone.statusCode());
            assertEquals(
                    "retention.removed",
                    TestGateway.json(gone).at("/errors/0/code").asText());
        }
    }

    private static int search(TestGateway gateway, String body) {
        return gateway.post(Role.ADMIN, PERSONS + "/search", body).statusCode();
    }

    private static int erase(TestGateway gateway, String key) {
        return gateway.send(gateway.as(Role.ADMIN, gateway.request(PERSONS + "/" + key))
                        .DELETE()
                        .build())
                .statusCode();
    }
}
