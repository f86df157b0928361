package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class EvidenceTest {
    @Test
    void givesThePackToAuditorsAndKeepsNoFile(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String id = gateway.signed("A1");
            String path = "/api/v1/warnings/" + id + "/evidence";
            assertEquals(404, gateway.get(Role.AUDITOR, path).statusCode());
            gateway.evidence = "a pack".repeat(100_000).getBytes(UTF_8);

            for (int round = 0; round < 5; round++) {
                HttpResponse<String> pack = gateway.get(Role.AUDITOR, path);
                assertEquals(200, pack.statusCode());
                assertEquals(600_000, pack.body().length());
                assertEquals(
                        "application/octet-stream",
                        pack.headers().firstValue("Content-Type").orElse(""));
                assertEquals(
                        "attachment; filename=\"tocsin-" + id + ".pack\"",
                        pack.headers().firstValue("Content-Disposition").orElse(""));
            }
            assertEquals(200, gateway.get(Role.ADMIN, path).statusCode());
            HttpResponse<String> head = gateway.send(gateway.as(Role.AUDITOR, gateway.request(path))
                    .method("HEAD", BodyPublishers.noBody())
                    .build());
            assertEquals(200, head.statusCode());
            assertEquals("", head.body());
            await().atMost(Duration.ofSeconds(10)).until(() -> gateway.packed.stream()
                    .noneMatch(file -> Files.exists(file) || Files.exists(file.resolveSibling("."))));
        }
    }

    @Test
    void givesThePackToNobodyElse(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String path = "/api/v1/warnings/" + gateway.signed("A1") + "/evidence";
            gateway.evidence = "a pack".getBytes(UTF_8);

            assertEquals(401, gateway.get(null, path).statusCode());
            for (Role role : new Role[] {Role.AGENCY, Role.ISSUER, Role.REVIEWER, Role.SIGNER}) {
                assertEquals(403, gateway.get(role, path).statusCode(), role.word());
            }
            assertEquals(
                    404,
                    gateway.get(Role.AUDITOR, "/api/v1/warnings/none/evidence").statusCode());
        }
    }
}
