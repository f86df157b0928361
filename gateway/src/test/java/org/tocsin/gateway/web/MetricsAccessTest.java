package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.web.console.Entrance;

@ExtendWith(RedisExtension.class)
class MetricsAccessTest {
    private static final String TOKEN = "scrape-token-0123456789";

    private static TestGateway gateway(Redis redis) {
        return new TestGateway(redis, config -> config.withScrapeToken(ScrapeToken.of(TOKEN)));
    }

    private static HttpResponse<String> scrape(TestGateway gateway, String authorization) {
        return gateway.send(gateway.request("/metrics")
                .header("Authorization", authorization)
                .build());
    }

    @Test
    void showsMetricsForAnyKeyOfTheHouseAndForTheScrapeToken(Redis redis) {
        try (TestGateway gateway = gateway(redis)) {
            for (Role role : Role.values()) {
                // Another county's gateway brings its seals, and learns nothing of this one.
                int status = role == Role.WITNESS ? 401 : 200;
                assertEquals(status, gateway.get(role, "/metrics").statusCode(), role.word());
            }
            HttpResponse<String> scraped = scrape(gateway, "Bearer " + TOKEN);

            assertEquals(200, scraped.statusCode());
            assertTrue(scraped.body().contains("# TYPE tocsin_http_requests_total counter"));
            assertFalse(scraped.body().contains(TOKEN));
        }
    }

    @Test
    void showsThemToNobodyElse(Redis redis) {
        try (TestGateway gateway = gateway(redis)) {
            assertEquals(401, gateway.get(null, "/metrics").statusCode());
            for (String wrong : new String[] {
                "Bearer " + TOKEN + "x", "Bearer " + TOKEN.substring(1), "Bearer ", "Basic " + TOKEN, TOKEN
            }) {
                assertEquals(401, scrape(gateway, wrong).statusCode(), wrong);
            }
            assertEquals(
                    401,
                    gateway.send(gateway.request("/metrics")
                                    .header("Cookie", Entrance.COOKIE + "=x")
                                    .build())
                            .statusCode());
        }
    }

    @Test
    void theScrapeTokenOpensNothingElse(Redis redis) {
        try (TestGateway gateway = gateway(redis)) {
            assertEquals(
                    401,
                    gateway.send(gateway.request("/api/v1/warnings")
                                    .header("Authorization", "Bearer " + TOKEN)
                                    .build())
                            .statusCode());
        }
    }

    @Test
    void theScrapeTokenWorksWhileTheStoreIsAwayAndKeysWait(Redis redis) {
        try (TestGateway gateway = gateway(redis)) {
            gateway.whyNot.set("the store is not there");

            assertEquals(200, scrape(gateway, "Bearer " + TOKEN).statusCode());
            assertEquals(503, gateway.get(Role.AUDITOR, "/metrics").statusCode());
        }
    }

    @Test
    void withoutATokenOnlyKeysCount(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            assertEquals(401, scrape(gateway, "Bearer " + TOKEN).statusCode());
            assertEquals(200, gateway.get(Role.ADMIN, "/metrics").statusCode());
        }
    }

    @Test
    void neverShowsTheTokenItself() {
        WebConfig config = WebConfig.loopback(0).withScrapeToken(ScrapeToken.of(TOKEN));

        assertFalse(config.toString().contains(TOKEN));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ScrapeToken.of("secret but short"));
        assertFalse(String.valueOf(refused.getMessage()).contains("secret"));
    }

    @Test
    void asksForNothingOnlyWhereTheHouseRuleSaysSo(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            for (RouteSpec route : gateway.routes()) {
                boolean open = route.gate() == RouteSpec.Gate.OPEN || route.gate() == RouteSpec.Gate.PUBLIC;
                boolean allowed = route.path()
                        .matches(
                                "/|/console|/console/sign-in(/[a-z-]+)*|/console/(files|lib)/\\{file}|/health/.*|/feeds/.*|/w/.*|/openapi.yaml");
                assertTrue(!open || allowed, route.path());
            }
        }
    }
}
