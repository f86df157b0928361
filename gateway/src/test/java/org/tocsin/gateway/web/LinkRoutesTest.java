package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class LinkRoutesTest {
    @Test
    void linksAreShownToThoseWhoWorkHereAndToNoAgency(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> links = gateway.get(Role.AUDITOR, "/api/v1/links");

            assertEquals(200, links.statusCode());
            assertTrue(links.body().contains("sms-1"));
            assertEquals(403, gateway.get(Role.AGENCY, "/api/v1/links").statusCode());
            assertEquals(401, gateway.get(null, "/api/v1/links").statusCode());
        }
    }

    @Test
    void repliesArePagedWithinLimits(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String cursor = "1732300000000-0123456789abcdef";

            assertTrue(gateway.get(Role.SIGNER, "/api/v1/replies").body().contains("\"limit\":100"));
            assertTrue(gateway.get(Role.SIGNER, "/api/v1/replies?limit=500&cursor=" + cursor)
                    .body()
                    .contains(cursor));
            assertEquals(403, gateway.get(Role.AGENCY, "/api/v1/replies").statusCode());
            for (String wrong : new String[] {"limit=0", "limit=501", "limit=x", "cursor=1"}) {
                assertEquals(
                        400,
                        gateway.get(Role.SIGNER, "/api/v1/replies?" + wrong).statusCode(),
                        wrong);
            }
        }
    }
}
