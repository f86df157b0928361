package org.tocsin.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/**
 * What a link does that tells terminals: it tells each a notice over {@link TerminalLink}, and turns their reports into
 * receipts. It is up as long as it listens: whether a terminal is there is known by terminal, not by link. May be used
 * by any thread.
 */
public final class TerminalTalk {
    // A publish to the gateway's own end has at most 64 KiB, head and topic included.
    private static final int LARGEST_PAYLOAD = 60 * 1024;
    // No separator, wildcard, blank or control character: anything else would be another topic.
    private static final Pattern CODE = Pattern.compile("[^/+#\\s\\p{Cntrl}]{1,64}");

    private final ChannelContext context;
    private final TerminalSettings settings;
    private final TerminalDialect dialect;
    private final LongAdder unreadable = new LongAdder();
    private volatile boolean closed;

    private TerminalTalk(ChannelContext context, TerminalSettings settings, TerminalDialect dialect) {
        this.context = context;
        this.settings = settings;
        this.dialect = dialect;
    }

    /** Listens to the channel's terminals from now on. */
    public static TerminalTalk begin(ChannelContext context, TerminalSettings settings, TerminalDialect dialect) {
        TerminalTalk talk = new TerminalTalk(context, settings, dialect);
        context.terminals().listen(dialect.reports(), talk::report);
        return talk;
    }

    /** Whether an address can be a terminal's code: 1 to 64 characters that no topic takes for its own. */
    public static boolean isCode(String address) {
        return CODE.matcher(address).matches();
    }

    /** Tells the terminals of each batch; for the link's route. */
    public BatchProcessor processor() {
        return new BatchProcessor() {
            @Override
            protected void submit(Batch batch) {
                tell(batch);
            }
        };
    }

    /** Up until it is closed. */
    public LinkState state() {
        return closed ? LinkState.CLOSED : LinkState.UP;
    }

    /** Terminals report over their own connection; nobody posts for them. */
    public CompletionStage<CallbackAnswer> callback() {
        return CompletableFuture.completedStage(new CallbackAnswer(404, "text/plain", "no callbacks here"));
    }

    /** Tells nobody any more, and leaves reports unacknowledged. */
    public void close() {
        closed = true;
    }

    private void tell(Batch batch) {
        if (closed) {
            batch.settleRest(new Outcome.Deferred(Reason.LINK_DOWN, "", settings.retry()));
            return;
        }
        if (!context.clock().instant().isBefore(batch.notice().expires())) {
            batch.settleRest(new Outcome.Rejected(Reason.EXPIRED, ""));
            return;
        }
        byte[] payload = dialect.command(batch.notice());
        if (payload.length > LARGEST_PAYLOAD) {
            batch.settleRest(new Outcome.Rejected(Reason.TOO_LONG, ""));
            return;
        }
        List<Integer> indices = new ArrayList<>(batch.size());
        List<String> codes = new ArrayList<>(batch.size());
        for (int index = 0; index < batch.size(); index++) {
            String code = batch.addressee(index).address();
            if (!isCode(code)) {
                batch.settle(index, new Outcome.Rejected(Reason.INVALID_ADDRESS, ""));
            } else if (!batch.isSettled(index)) {
                indices.add(index);
                codes.add(code);
            }
        }
        String issue = batch.notice().issue();
        context.terminals()
                .send(
                        codes,
                        dialect::commandTopic,
                        payload,
                        settings.ack(),
                        (at, answer) ->
                                batch.settle(indices.get(at), outcome(answer, reference(issue, codes.get(at)))));
    }

    private Outcome outcome(TerminalLink.Answer answer, String reference) {
        return switch (answer) {
            case ACKNOWLEDGED -> new Outcome.Accepted(reference);
            case OFFLINE -> new Outcome.Deferred(Reason.UNREACHABLE, "", settings.retry());
            case UNANSWERED -> new Outcome.Deferred(Reason.UNANSWERED, "", settings.retry());
        };
    }

    private void report(TerminalLink.Report came, Kept kept) {
        if (closed) {
            kept.settled(false);
            return;
        }
        TerminalReport report =
                came.topic().equals(dialect.reportTopic(came.terminal())) ? dialect.report(came.payload()) : null;
        if (report == null) {
            // Acknowledged, since it will be no better when it is repeated; kept out, since it proves nothing.
            unreadable.increment();
            dialect.unreadable(came, unreadable.sum());
            kept.settled(true);
            return;
        }
        Receipt receipt = new Receipt(
                reference(report.issue(), came.terminal()),
                came.terminal(),
                report.evidence(),
                report.reason(),
                report.code(),
                report.at() == null ? context.clock().instant() : report.at());
        context.receipts().accept(receipt, kept);
    }

    private static String reference(String issue, String terminal) {
        return issue + "/" + terminal;
    }
}
