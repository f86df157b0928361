package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class PublicTest {
    @Test
    void feedsWhatIsSignedAndNothingElse(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.signed("S1");
            gateway.posted("P1");

            HttpResponse<String> feed = gateway.get(null, "/feeds/cap.atom");
            HttpResponse<String> entry = gateway.get(null, "/feeds/S1.xml");

            assertNotNull(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(feed.body().getBytes(StandardCharsets.UTF_8))));
            assertTrue(feed.body().contains("href=\"/feeds/S1.xml\""), feed.body());
            assertFalse(feed.body().contains("P1"));
            assertEquals(200, entry.statusCode());
            assertEquals("<alert>S1</alert>", entry.body());
            assertEquals(
                    "application/cap+xml",
                    entry.headers().firstValue("Content-Type").orElseThrow());
            assertEquals(404, gateway.get(null, "/feeds/P1.xml").statusCode());
            assertEquals(404, gateway.get(null, "/feeds/none.xml").statusCode());
        }
    }

    @Test
    void linksBelowThePublicAddressWhereOneIsSet(Redis redis) {
        try (TestGateway gateway =
                new TestGateway(redis, config -> config.withPublicUrl(PublicUrl.of("https://Warn.example.org:443/")))) {
            gateway.signed("S1");

            String feed = gateway.get(null, "/feeds/cap.atom").body();

            assertTrue(feed.contains("href=\"https://warn.example.org/feeds/S1.xml\""), feed);
            assertTrue(feed.contains("<link rel=\"self\" href=\"https://warn.example.org/feeds/cap.atom\"/>"), feed);
        }
    }

    @Test
    void neverRepeatsTheHostThatWasAsked(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.server.port())) {
            gateway.signed("S1");
            socket.getOutputStream()
                    .write("GET /feeds/cap.atom HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertTrue(answer.contains("/feeds/S1.xml"), answer);
            assertFalse(answer.contains("evil.example"), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "warn.example.org", "ftp://a.example", "https://a.example/path", "https://a\"b", "https://"})
    void takesNoPublicAddressThatIsNone(String text) {
        assertThrows(IllegalArgumentException.class, () -> PublicUrl.of(text));
    }

    @Test
    void showsASignedWarningByItsShortCode(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String id = gateway.signed("S1");
            String open = TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/warnings/" + id))
                    .path("links")
                    .path("public")
                    .asText();

            HttpResponse<String> page = gateway.get(null, open);

            assertEquals(200, page.statusCode());
            assertTrue(page.body().contains("请立即转移到安全地带。"));
            assertTrue(page.body().contains("已签发 Signed"));
            assertEquals(404, gateway.get(null, "/w/unknown1").statusCode());
        }
    }

    @Test
    void answersHeadLikeGetWithoutABody(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> head = gateway.send(gateway.request("/health/live")
                    .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody())
                    .build());

            assertEquals(200, head.statusCode());
            assertEquals("", head.body());
        }
    }
}
