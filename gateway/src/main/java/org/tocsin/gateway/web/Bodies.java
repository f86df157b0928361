package org.tocsin.gateway.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.UUID;

/** Reads request bodies while they come, never more than allowed. */
final class Bodies {
    private static final long DISCARD_LIMIT = 64L * 1024 * 1024;
    private static final long DISCARD_MILLIS = 5_000;
    private static final long MEMORY_MILLIS = 60_000;
    private static final long FILE_MILLIS = 30_000;
    private static final long FILE_MIN_BYTES = 32 * 1024;

    private final Vertx vertx;
    private final long fileMillis;
    private final long fileMinBytes;

    /** The body is longer than allowed. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLong() {
            super("the body is too long", null, false, false);
        }
    }

    /** The client went away or was too slow. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1;

        Gone() {
            super("the body did not come", null, false, false);
        }
    }

    Bodies(Vertx vertx) {
        this(vertx, FILE_MILLIS, FILE_MIN_BYTES);
    }

    /**
     * Makes it with a lowest speed for bodies that go to a file.
     *
     * @param fileMillis how often the speed is looked at
     * @param fileMinBytes what must have come in that time
     */
    Bodies(Vertx vertx, long fileMillis, long fileMinBytes) {
        this.vertx = vertx;
        this.fileMillis = fileMillis;
        this.fileMinBytes = fileMinBytes;
    }

    /** Reads a paused request's body into memory. */
    Future<byte[]> toMemory(HttpServerRequest request, long limit) {
        Promise<byte[]> promise = Promise.promise();
        Buffer whole = Buffer.buffer();
        long timer = vertx.setTimer(MEMORY_MILLIS, late -> promise.tryFail(new Gone()));
        request.exceptionHandler(failed -> promise.tryFail(new Gone()));
        request.handler(part -> {
            if (whole.length() + part.length() > limit) {
                request.pause();
                promise.tryFail(new TooLong());
            } else if (!promise.future().isComplete()) {
                whole.appendBuffer(part);
            }
        });
        request.endHandler(end -> promise.tryComplete(whole.getBytes()));
        request.resume();
        return promise.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    /** Reads a paused request's body into a new file, which its caller deletes. */
    Future<Path> toFile(HttpServerRequest request, long limit, Path directory) {
        Path path = directory.resolve("tocsin-" + UUID.randomUUID() + ".body");
        OpenOptions options =
                new OpenOptions().setCreateNew(true).setWrite(true).setPerms("rw-------");
        return vertx.fileSystem().open(path.toString(), options).compose(file -> copy(request, limit, file)
                .eventually(() -> file.close())
                .map(path)
                .recover(failed ->
                        vertx.fileSystem().delete(path.toString()).transform(deleted -> Future.failedFuture(failed))));
    }

    /** Lets what is left of a body pass unread, so that the answer can be read; not for long. */
    void discard(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        long[] seen = {0};
        long timer = vertx.setTimer(DISCARD_MILLIS, late -> request.connection().close());
        request.exceptionHandler(failed -> vertx.cancelTimer(timer));
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.handler(part -> {
            seen[0] += part.length();
            if (seen[0] > DISCARD_LIMIT) {
                request.connection().close();
            }
        });
        request.resume();
    }

    /** Copies a body as long as it comes at no less than a modem's speed. */
    private Future<Void> copy(HttpServerRequest request, long limit, AsyncFile file) {
        Promise<Void> promise = Promise.promise();
        long[] seen = {0};
        long[] before = {0};
        long timer = vertx.setPeriodic(fileMillis, tick -> {
            if (seen[0] - before[0] < fileMinBytes) {
                promise.tryFail(new Gone());
            }
            before[0] = seen[0];
        });
        file.exceptionHandler(promise::tryFail);
        request.exceptionHandler(failed -> promise.tryFail(new Gone()));
        request.handler(part -> {
            seen[0] += part.length();
            if (seen[0] > limit) {
                request.pause();
                promise.tryFail(new TooLong());
                return;
            }
            if (promise.future().isComplete()) {
                return;
            }
            file.write(part).onFailure(promise::tryFail);
            if (file.writeQueueFull()) {
                request.pause();
                file.drainHandler(drained -> request.resume());
            }
        });
        request.endHandler(end -> promise.tryComplete());
        request.resume();
        return promise.future().onComplete(done -> vertx.cancelTimer(timer));
    }
}
