package org.tocsin.gateway.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The pool for all that blocks: so many at once, so many waiting, no more. */
final class Workers {
    private final WorkerExecutor executor;
    private final int limit;
    private final AtomicInteger inside = new AtomicInteger();

    /** Too many wait already. */
    static final class Overloaded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Overloaded() {
            super("too many requests wait", null, false, false);
        }
    }

    Workers(Vertx vertx, int workers, int queue) {
        this.executor = vertx.createSharedWorkerExecutor("tocsin-web", workers, 1, TimeUnit.HOURS);
        this.limit = workers + queue;
    }

    /** Runs a job; the future fails with {@link Overloaded} at once where too many wait. */
    <T> Future<T> run(Callable<T> job) {
        if (inside.incrementAndGet() > limit) {
            inside.decrementAndGet();
            return Future.failedFuture(new Overloaded());
        }
        return executor.executeBlocking(job, false).onComplete(done -> inside.decrementAndGet());
    }

    int inside() {
        return inside.get();
    }
}
