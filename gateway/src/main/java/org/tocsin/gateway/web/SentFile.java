package org.tocsin.gateway.web;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file, the only one in its folder, that is sent once and then deleted with the folder. Any thread. */
final class SentFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SentFile.class);

    private final Path file;
    private final Runnable gone;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Takes a file over.
     *
     * @param file the file
     * @param gone is told once, when it is not there any more
     */
    SentFile(Path file, Runnable gone) {
        this.file = file;
        this.gone = gone;
    }

    /** Sends it as the rest of an answer; a question for the head alone gets none of it. */
    void sendTo(HttpServerRequest request) {
        if (request.method().name().equals("HEAD")) {
            close();
            request.response().end();
            return;
        }
        request.response().sendFile(file.toString()).onComplete(done -> {
            close();
            if (done.failed()) {
                LOG.warn("a file was not sent whole: {}", done.cause().toString());
                request.connection().close();
            }
        });
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                Files.deleteIfExists(file);
                Path folder = file.getParent();
                if (folder != null) {
                    Files.deleteIfExists(folder);
                }
            } catch (IOException left) {
                LOG.warn("left behind: {}", file, left);
            } finally {
                gone.run();
            }
        }
    }
}
