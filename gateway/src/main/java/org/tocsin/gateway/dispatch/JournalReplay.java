package org.tocsin.gateway.dispatch;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.tocsin.gateway.receipt.EvidenceLog;
import org.tocsin.gateway.receipt.LinkEvidence;

/** Writes a new owner's first entry, then reads the whole journal: after that nobody of an earlier epoch can append. */
final class JournalReplay {
    private static final int PAGE = 200;

    private final EvidenceLog log;
    private final String link;
    private final LinkThread thread;
    private final LinkEvidence evidence;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    JournalReplay(EvidenceLog log, String link, LinkThread thread, LinkEvidence evidence) {
        this.log = log;
        this.link = link;
        this.thread = thread;
        this.evidence = evidence;
    }

    /** Runs once. */
    CompletionStage<Void> run(long epoch) {
        log.append(link, epoch, 0, new byte[0]).whenComplete((nothing, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else {
                begin();
            }
        });
        return done;
    }

    private void begin() {
        thread.after(log.start(link), (start, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else {
                evidence.startAt(start);
                next(start.after());
            }
        });
    }

    private void next(String after) {
        thread.after(log.read(link, after, PAGE), (entries, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else {
                apply(entries);
            }
        });
    }

    private void apply(List<EvidenceLog.Entry> entries) {
        try {
            for (EvidenceLog.Entry entry : entries) {
                evidence.apply(entry);
            }
        } catch (RuntimeException corrupt) {
            done.completeExceptionally(corrupt);
            return;
        }
        if (entries.isEmpty()) {
            done.complete(null);
        } else {
            next(entries.get(entries.size() - 1).id());
        }
    }
}
