package org.tocsin.gateway.receipt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/**
 * Reads one issue anew from the links' journals, link after link, and tells each report on the way: so that the
 * receipts that were told and the evidence at the end are of the same moment. One link's evidence at a time is held.
 * Blocking; for one thread.
 */
public final class IssueReplay {
    private static final int PAGE = 200;
    private static final long READ_SECONDS = 30;

    /** Hears the issue's reports, one link after the other, each link's in the order of its journal. */
    public interface Listener {
        /**
         * A report of one of the issue's addressees.
         *
         * @param link the link's id
         * @param claim the claim's id on that link: one attempt to send to some addressees
         * @param terminal whether the number is a terminal's rather than a person's
         * @param number the addressee's number
         * @param segment which segment of the message, from 0
         * @param of how many segments the message had, 1 to 32; see {@link LinkEvidence.Hearing}
         * @param evidence what it proves
         * @param reason why it failed; null unless it did
         * @param code the carrier's own code
         * @param at when, in milliseconds since 1970
         */
        void report(
                String link,
                long claim,
                boolean terminal,
                int number,
                int segment,
                int of,
                Evidence evidence,
                @Nullable Reason reason,
                String code,
                long at);
    }

    private final EvidenceLog log;
    private final String issue;
    private final Listener listener;
    private final Map<String, Map<String, RouteEvidence>> known = new LinkedHashMap<>();

    /** Replays an issue from a log, telling a listener. */
    public IssueReplay(EvidenceLog log, String issue, Listener listener) {
        this.log = log;
        this.issue = issue;
        this.listener = listener;
    }

    /**
     * Reads a link's journal from where it begins.
     *
     * @param channel the link's channel
     * @param link the link's id
     * @param addresses the addresses of its addressees
     * @throws CorruptJournal when the journal is damaged
     * @throws IllegalStateException when it cannot be read
     */
    public void link(String channel, String link, AddressBook addresses) {
        LinkEvidence evidence = new LinkEvidence(addresses, (claim, index, segment, of, proof, reason, code, at) -> {
            if (claim.issue().equals(issue)) {
                listener.report(
                        link,
                        claim.id(),
                        claim.terminals(),
                        claim.numbers()[index],
                        segment,
                        of,
                        proof,
                        reason,
                        code,
                        at);
            }
        });
        EvidenceLog.Start start = wait(link, log.start(link));
        evidence.startAt(start);
        String after = start.after();
        List<EvidenceLog.Entry> page = read(link, after);
        while (!page.isEmpty()) {
            for (EvidenceLog.Entry entry : page) {
                evidence.apply(entry);
                after = entry.id();
            }
            page = read(link, after);
        }
        evidence.snapshot(issue).ifPresent(route -> known.computeIfAbsent(channel, unknown -> new LinkedHashMap<>())
                .put(link, route));
    }

    /** The evidence of what was read, for the channels on which the issue was planned. */
    public IssueEvidence evidence(List<EvidenceMerge.ChannelPart> parts) {
        return EvidenceMerge.mergeRoutes(issue, 1, parts, known);
    }

    private List<EvidenceLog.Entry> read(String link, String after) {
        return wait(link, log.read(link, after, PAGE));
    }

    private static <T> T wait(String link, CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(READ_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the journal of link " + link + " could not be read", failed);
        }
    }
}
