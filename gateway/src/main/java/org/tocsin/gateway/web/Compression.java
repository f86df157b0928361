package org.tocsin.gateway.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Pages and outlines made small for the way, where the browser takes it: the live page of a county says much the same
 * 743 times. Nobody learns a secret of a page by the length of what is sent (BREACH): that needs another site's page to
 * ask with the person's session, whose cookie is {@code SameSite=Strict}.
 */
public final class Compression {
    private static final int WORTH_IT = 1024;
    private static final Set<String> KINDS = Set.of(Answer.HTML, "application/geo+json");

    private Compression() {}

    /** Gzip of an answer's body, where it is worth it and the request's headers, by name in lower case, take it. */
    static Answer of(Answer answer, Map<String, String> headers) {
        if (!KINDS.contains(answer.contentType())) {
            return answer;
        }
        Answer varying = answer.with("Vary", "Accept-Encoding");
        if (answer.body().length < WORTH_IT || !isTaken(headers)) {
            return varying;
        }
        return new Answer(
                        varying.status(),
                        varying.contentType(),
                        gzip(answer.body(), Deflater.BEST_SPEED),
                        varying.headers())
                .with("Content-Encoding", "gzip");
    }

    /** Whether these headers, by name in lower case, take gzip. */
    public static boolean isTaken(Map<String, String> headers) {
        for (String coding : headers.getOrDefault("accept-encoding", "")
                .toLowerCase(Locale.ROOT)
                .split(",", 20)) {
            String[] words = coding.split(";", 2);
            if (words[0].strip().equals("gzip")) {
                return words.length == 1 || !words[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    /** Gzip of some bytes, at a level of {@link Deflater}. */
    public static byte[] gzip(byte[] content, int level) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 4 + 64);
        try (GZIPOutputStream gzip = new Levelled(bytes, level)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static final class Levelled extends GZIPOutputStream {
        Levelled(ByteArrayOutputStream out, int level) throws IOException {
            super(out, 8 * 1024);
            def.setLevel(level);
        }
    }
}
