package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class CompressionTest {
    private static final Answer PAGE = Answer.html(422, "<p>预警</p>".repeat(500));

    @Test
    void makesAPageSmallerAndKeepsItsStatusAndHeaders() throws IOException {
        Answer small = Compression.of(PAGE.with("Set-Cookie", "a=b"), Map.of("accept-encoding", "gzip, br"));

        assertEquals(422, small.status());
        assertEquals("a=b", small.headers().get("Set-Cookie"));
        assertEquals("gzip", small.headers().get("Content-Encoding"));
        assertEquals("Accept-Encoding", small.headers().get("Vary"));
        assertTrue(small.body().length * 20 < PAGE.body().length);
        assertArrayEquals(PAGE.body(), new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "deflate, GZIP;q=0.5 | true",
                "gzip;q=0 | false",
                "gzip; q=0.00 | false",
                "x-gzip | false",
                "br | false",
                "'' | false",
            })
    void readsWhatABrowserTakes(String accepted, boolean taken) {
        assertEquals(taken, Compression.isTaken(Map.of("accept-encoding", accepted)));
    }

    @Test
    void leavesWhatIsShortOrNoPage() {
        Answer json = Answer.json(200, "x".repeat(9000));
        Map<String, String> gzip = Map.of("accept-encoding", "gzip");

        assertSame(json, Compression.of(json, gzip));
        assertEquals(
                "ok", new String(Compression.of(Answer.html(200, "ok"), gzip).body(), UTF_8));
    }

    @Test
    void aModuleImportsAnotherByTheAddressThatIsKeptForGood(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String watch = gateway.get(null, "/console/files/watch.js").body();
            String imported = watch.replaceAll("(?s).* from '(/console/files/stream.js\\?v=[0-9a-f]{16})'.*", "$1");

            HttpResponse<String> stream = gateway.get(null, imported);

            assertEquals(200, stream.statusCode(), imported);
            assertTrue(
                    stream.headers().firstValue("Cache-Control").orElseThrow().contains("immutable"));
        }
    }
}
