package org.tocsin.gateway.web.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.web.Call;

/** A form with a file (multipart/form-data), read from the body's own file. Closing it removes what nobody took. */
final class Upload implements AutoCloseable {
    private static final int PART = 1 << 16;
    private static final int MOST_FIELDS = 16;

    private final Path folder;
    private final Map<String, String> fields = new HashMap<>();
    private @Nullable Path file;
    private String fileName = "";

    private Upload(Path folder) {
        this.folder = folder;
    }

    /** Reads it; null where the body is no such form. */
    static @Nullable Upload of(Call call) throws IOException {
        String type = call.mediaType();
        Path body = call.spooled();
        if (type == null || body == null || !type.startsWith("multipart/form-data")) {
            return null;
        }
        Upload upload = new Upload(Files.createTempDirectory("tocsin-upload"));
        try {
            upload.read(type, body);
            return upload;
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException
                | HttpPostRequestDecoder.TooManyFormFieldsException malformed) {
            upload.close();
            return null;
        } catch (IOException | RuntimeException failed) {
            upload.close();
            throw failed;
        }
    }

    /** A field without space around it; empty where there is none. */
    String text(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    /** The file; null where none was chosen. */
    @Nullable
    Path file() {
        return file;
    }

    /** What the file is called, without folders. */
    String fileName() {
        return fileName;
    }

    private void read(String type, Path body) throws IOException {
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        head.headers().set("Content-Type", type);
        DefaultHttpDataFactory factory = new DefaultHttpDataFactory(true, UTF_8);
        factory.setBaseDir(folder.toString());
        factory.setDeleteOnExit(false);
        HttpPostMultipartRequestDecoder decoder =
                new HttpPostMultipartRequestDecoder(factory, head, UTF_8, MOST_FIELDS, PART);
        try (InputStream in = Files.newInputStream(body)) {
            for (byte[] some = in.readNBytes(PART); some.length > 0; some = in.readNBytes(PART)) {
                decoder.offer(new DefaultHttpContent(Unpooled.wrappedBuffer(some)));
            }
            decoder.offer(LastHttpContent.EMPTY_LAST_CONTENT);
            for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
                take(part);
            }
        } finally {
            decoder.destroy();
        }
    }

    private void take(InterfaceHttpData part) throws IOException {
        if (part instanceof Attribute field) {
            fields.putIfAbsent(field.getName(), field.getValue());
        } else if (part instanceof FileUpload given && file == null && given.length() > 0) {
            Path kept = folder.resolve("file");
            Files.move(given.getFile().toPath(), kept);
            file = kept;
            String name = given.getFilename();
            fileName = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
