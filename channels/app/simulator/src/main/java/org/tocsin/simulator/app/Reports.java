package org.tocsin.simulator.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tocsin.simulator.Book;
import org.tocsin.simulator.http.CallbackPoster;

/** Gathers reports, and posts those that gathered together in one callback. Any thread. */
final class Reports {
    private static final int MOST_IN_ONE = 500;

    private final ObjectMapper json = new ObjectMapper();
    private final List<PushReport> gathered = new ArrayList<>();
    private final CallbackPoster poster;
    private final Book book;
    private final String link;
    private final String secret;
    private final String path;
    private final int delayMillis;

    Reports(CallbackPoster poster, Book book, String link, String secret, String path, int delayMillis) {
        this.poster = poster;
        this.book = book;
        this.link = link;
        this.secret = secret;
        this.path = path;
        this.delayMillis = delayMillis;
    }

    void add(PushReport report) {
        boolean first;
        synchronized (gathered) {
            first = gathered.isEmpty();
            gathered.add(report);
        }
        if (first) {
            poster.later(delayMillis, this::post);
        }
    }

    private void post() {
        List<PushReport> all;
        synchronized (gathered) {
            all = List.copyOf(gathered);
            gathered.clear();
        }
        for (int from = 0; from < all.size(); from += MOST_IN_ONE) {
            poster.post(new Post(all.subList(from, Math.min(all.size(), from + MOST_IN_ONE))));
        }
    }

    private final class Post implements CallbackPoster.Callback {
        private final List<PushReport> reports;
        private final byte[] body;
        private final AtomicBoolean told = new AtomicBoolean();

        Post(List<PushReport> reports) {
            this.reports = reports;
            ArrayNode array = json.createArrayNode();
            for (PushReport report : reports) {
                array.addObject()
                        .put("messageId", report.messageId())
                        .put("token", report.token())
                        .put("status", report.status())
                        .put("code", report.code())
                        .put("at", report.at().toString());
            }
            try {
                body = json.writeValueAsBytes(array);
            } catch (JsonProcessingException defect) {
                throw new IllegalStateException(defect);
            }
        }

        @Override
        public HttpRequest.Builder request(URI gateway) {
            Instant now = Instant.now();
            if (told.compareAndSet(false, true)) {
                write(now, Book.Event.REPORT);
            }
            String timestamp = Long.toString(now.getEpochSecond());
            return HttpRequest.newBuilder(gateway.resolve(path))
                    .header("Content-Type", "application/json; charset=utf-8")
                    .header("X-Push-Timestamp", timestamp)
                    .header("X-Push-Signature", sign(timestamp))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        }

        @Override
        public boolean takenBy(int status, String answer) {
            return status / 100 == 2;
        }

        @Override
        public void taken() {
            write(Instant.now(), Book.Event.REPORT_ANSWERED);
        }

        private void write(Instant now, Book.Event event) {
            for (PushReport report : reports) {
                String code = report.code().isEmpty() ? report.status() : report.status() + " " + report.code();
                book.write(now, link, report.token(), report.messageId(), event, code);
            }
        }

        private String sign(String timestamp) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(mac.doFinal(body));
            } catch (NoSuchAlgorithmException | InvalidKeyException everyJavaHasIt) {
                throw new IllegalStateException(everyJavaHasIt);
            }
        }
    }
}
