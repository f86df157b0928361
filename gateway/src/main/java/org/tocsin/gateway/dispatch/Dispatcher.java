package org.tocsin.gateway.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Reply;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.receipt.IssueReplay;
import org.tocsin.gateway.targeting.MeasuredArea;

/**
 * The fan-out of signed issues: plans them, feeds the links, and knows the evidence. All methods may be called by any
 * thread; those that say so block on the store.
 */
public interface Dispatcher extends AutoCloseable {
    /**
     * Plans an issue, once and for all, and starts to send it; blocks until the plan and its batches are durable.
     * Called again for the same issue, after a restart for instance, it finishes what was left and doubles nothing.
     *
     * <p>An Update or Cancel goes to all whom its predecessors planned too, and drops what is unsent of them first.
     *
     * @return how many persons and terminals were planned, all channels together, each as often as it has channels
     * @throws java.io.UncheckedIOException when the store is not there; call again
     */
    int begin(Issue issue);

    /** Halts the issue's unsent batches within a second; they stay where they are. Blocks. */
    void stop(String issue);

    /** Goes on with a stopped issue. Blocks. */
    void resume(String issue);

    /**
     * Drops what is unsent of an issue for good, and says so in the journal; what is with a carrier stays there.
     * Blocks.
     *
     * @param reason {@link Reason#DROPPED} or {@link Reason#EXPIRED}
     */
    void drop(String issue, Reason reason);

    /** What is known of an issue now; empty for one that was never begun here. A snapshot: it does not change. */
    Optional<IssueEvidence> evidence(String issue);

    /**
     * Of whom an issue's coverage is a share, as it stood when the issue was planned; empty for one that never was.
     * Blocks for an issue that was not asked for lately.
     */
    Optional<MeasuredArea> area(String issue);

    /** The issues that are shut for good and not sealed: stopped for good, cancelled, superseded or expired. */
    Set<String> ended();

    /** An issue was sealed: its links forget it, and what is asked of it from now on is read from the archive. */
    void sealed(String issue);

    /**
     * Reads an issue anew from the links' journals and tells each report on the way; empty for one that never was
     * planned or is sealed. Blocks as long as the journals take, some seconds for a county, and holds one link's
     * evidence at a time.
     *
     * @throws org.tocsin.gateway.receipt.CorruptJournal when a journal is damaged
     */
    Optional<Replayed> replay(String issue, IssueReplay.Listener listener);

    /**
     * Tells the issue's id after its evidence has changed, at most about ten times a second for each issue.
     *
     * @param listener is called on a thread of the dispatcher's and must not block
     */
    void onChange(Consumer<String> listener);

    /** The links and how they are. */
    List<LinkHealth> links();

    /**
     * To whom a link has sent what a reply answers: the newest message to that number, of the issue that the extension
     * names where one does; empty where it knows nobody. Fails where the link is not at work on this node.
     *
     * @param link the link's id
     * @param address the person's number
     */
    CompletionStage<Optional<Recipient>> whose(String link, String address, Reply reply);

    /** Writes that somebody has answered an issue; complete when it is durable, with false where it cannot be. */
    CompletionStage<Boolean> acknowledged(String link, String address, Recipient whom, String code, Instant at);

    /**
     * Routes what a provider posted to the link of this channel and provider.
     *
     * @return the link's answer, complete when its receipts are kept; 404 where there is no such link
     */
    CompletionStage<CallbackAnswer> callback(String channel, String provider, CallbackRequest request);

    /** Stops submitting, waits a few seconds for answers, gives the links back. May be called again. */
    @Override
    void close();
}
