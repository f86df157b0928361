package org.tocsin.gateway.dispatch;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds a link's lease by a monotonic clock. For the link's thread, but for {@link #isHeld}. */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final String link;
    private final LinkThread thread;
    private final LinkWorker.Tools tools;
    private volatile long heldUntil;
    private volatile boolean held;
    private long epoch;
    private long renewAt;
    private boolean renewing;

    LeaseKeeper(String link, LinkThread thread, LinkWorker.Tools tools) {
        this.link = link;
        this.thread = thread;
        this.tools = tools;
    }

    /** Whether the lease cannot have run out yet. */
    boolean isHeld() {
        return held && tools.nanos().getAsLong() - heldUntil < 0;
    }

    /** Tries to take it; a new epoch, or {@link Leases#NOT_FREE}. */
    CompletionStage<Long> acquire() {
        long asked = tools.nanos().getAsLong();
        renewing = false;
        return tools.leases()
                .acquire(link, tools.node(), tools.settings().lease())
                .thenApplyAsync(
                        taken -> {
                            if (taken != Leases.NOT_FREE) {
                                epoch = taken;
                                hold(asked);
                            }
                            return taken;
                        },
                        thread);
    }

    /** Renews where it is time; tells when it is lost. */
    void renewWhenDue(Runnable lost) {
        long now = tools.nanos().getAsLong();
        if (renewing || now - renewAt < 0) {
            return;
        }
        renewing = true;
        long renewed = epoch;
        thread.after(
                tools.leases().renew(link, tools.node(), epoch, tools.settings().lease()), (still, failure) -> {
                    renewing = false;
                    if (renewed != epoch || !held) {
                        return;
                    }
                    if (failure != null) {
                        LOG.warn("link {}: the lease could not be renewed: {}", link, failure.toString());
                        renewAt = tools.nanos().getAsLong() + TimeUnit.MILLISECONDS.toNanos(500);
                    } else if (still) {
                        hold(now);
                    } else {
                        LOG.warn("link {}: another node has taken the lease", link);
                        lost.run();
                    }
                });
    }

    /** It must not be relied on any more. */
    void lost() {
        held = false;
    }

    /** Gives it back. */
    void release() {
        if (held) {
            held = false;
            tools.leases().release(link, tools.node(), epoch).exceptionally(failure -> {
                LOG.debug("link {}: the lease runs out by itself", link, failure);
                return null;
            });
        }
    }

    private void hold(long asked) {
        long time = tools.settings().lease().toNanos();
        heldUntil = asked + time - time / 10;
        renewAt = asked + tools.settings().renew().toNanos();
        held = true;
    }
}
