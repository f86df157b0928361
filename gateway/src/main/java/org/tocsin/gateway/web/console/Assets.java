package org.tocsin.gateway.web.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Compression;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/**
 * The console's files: styles, scripts, pictures and the libraries' (WebJars), each sent compressed where the browser
 * takes it. An address has the content's hash, so a browser keeps the file for good and never shows an old one; without
 * the hash it asks again each time. May be used by any thread.
 */
public final class Assets {
    /** The libraries' files that pages may ask for, by the name that they have below {@code /console/lib/}. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "htmx.min.js", "htmx.org/2.0.8/dist/htmx.min.js",
            "leaflet.js", "leaflet/1.9.4/dist/leaflet.js",
            "leaflet.css", "leaflet/1.9.4/dist/leaflet.css");

    private static final Pattern OWN = Pattern.compile("[a-z][a-z0-9-]{0,40}\\.(css|js|svg|png)");
    /** How our own modules name each other. */
    private static final Pattern IMPORTED = Pattern.compile("'(?:\\./|/console/files/)([a-z][a-z0-9-]{0,40}\\.js)'");

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");

    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    private record Asset(String type, byte[] plain, byte[] compressed, String hash) {}

    List<RouteSpec> routes() {
        return List.of(
                RouteSpec.get("/console/lib/{file}", Gate.OPEN, call -> answer(call, "lib/"), 200, 304, 404),
                RouteSpec.get("/console/files/{file}", Gate.OPEN, call -> answer(call, ""), 200, 304, 404));
    }

    /**
     * The address of a file for a page.
     *
     * @param name such as {@code console.css} or {@code lib/leaflet.js}
     * @throws IllegalArgumentException where there is no such file
     */
    public String address(String name) {
        Asset asset = find(name);
        if (asset == null) {
            throw new IllegalArgumentException("there is no file " + name);
        }
        return "/console/" + (name.startsWith("lib/") ? name : "files/" + name) + "?v=" + asset.hash();
    }

    private Answer answer(Call call, String folder) {
        Asset asset = find(folder + call.parameter("file"));
        if (asset == null) {
            return Answer.problem(404, "file", "there is no such file");
        }
        boolean named = asset.hash().equals(call.query().get("v"));
        String tag = "\"" + asset.hash() + "\"";
        boolean known = tag.equals(call.headers().get("if-none-match"));
        boolean compresses = Compression.isTaken(call.headers());
        Answer answer = new Answer(
                known ? 304 : 200,
                asset.type(),
                known ? new byte[0] : compresses ? asset.compressed() : asset.plain(),
                Map.of(
                        "Cache-Control",
                        named ? "public, max-age=31536000, immutable" : "no-cache",
                        "ETag",
                        tag,
                        "Vary",
                        "Accept-Encoding"));
        return compresses && !known ? answer.with("Content-Encoding", "gzip") : answer;
    }

    private @org.jspecify.annotations.Nullable Asset find(String name) {
        Asset known = assets.get(name);
        if (known != null) {
            return known;
        }
        String resource = resource(name);
        byte[] found = resource == null ? null : read(resource);
        if (found == null) {
            return null;
        }
        byte[] content = name.endsWith(".js") && !name.startsWith("lib/") ? importing(found) : found;
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        Asset asset = new Asset(
                type == null ? "application/octet-stream" : type,
                content,
                Compression.gzip(content, Deflater.BEST_COMPRESSION),
                hash(content));
        assets.put(name, asset);
        return asset;
    }

    /**
     * A module with the addresses of those that it imports, hash and all: so these too are kept for good, and a page
     * can ask for them beforehand. Modules do not import each other in a circle.
     */
    private byte[] importing(byte[] module) {
        return IMPORTED.matcher(new String(module, UTF_8))
                .replaceAll(imported -> "'" + address(imported.group(1)) + "'")
                .getBytes(UTF_8);
    }

    private static @org.jspecify.annotations.Nullable String resource(String name) {
        if (name.startsWith("lib/")) {
            String library = LIBRARIES.get(name.substring(4));
            return library == null ? null : "/META-INF/resources/webjars/" + library;
        }
        return OWN.matcher(name).matches() ? "/console/" + name : null;
    }

    private static byte @org.jspecify.annotations.Nullable [] read(String resource) {
        try (InputStream file = Assets.class.getResourceAsStream(resource)) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
