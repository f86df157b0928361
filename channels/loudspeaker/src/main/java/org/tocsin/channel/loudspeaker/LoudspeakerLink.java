package org.tocsin.channel.loudspeaker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Batch;
import org.tocsin.channel.BatchProcessor;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.Kept;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.TerminalLink;

/**
 * Tells loudspeakers by MQTT, and turns their reports into receipts. It is up as long as it listens: whether a terminal
 * is there is known by terminal, not by link.
 */
final class LoudspeakerLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(LoudspeakerLink.class);
    private static final int LARGEST_PAYLOAD = 60 * 1024;

    private final ChannelContext context;
    private final LoudspeakerSettings settings;
    private final LongAdder malformed = new LongAdder();
    private volatile boolean closed;

    LoudspeakerLink(ChannelContext context, LoudspeakerSettings settings) {
        this.context = context;
        this.settings = settings;
        context.terminals().listen(Topics.REPORTS, this::report);
    }

    @Override
    public RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + context.link()).process(new BatchProcessor() {
                    @Override
                    protected void submit(Batch batch) {
                        tell(batch);
                    }
                });
            }
        };
    }

    @Override
    public LinkState state() {
        return closed ? LinkState.CLOSED : LinkState.UP;
    }

    /** Terminals report by MQTT; nobody posts for them. */
    @Override
    public CompletionStage<CallbackAnswer> callback(CallbackRequest request) {
        return CompletableFuture.completedStage(new CallbackAnswer(404, "text/plain", "no callbacks here"));
    }

    @Override
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
        byte[] payload = Command.json(batch.notice(), settings);
        if (payload.length > LARGEST_PAYLOAD) {
            batch.settleRest(new Outcome.Rejected(Reason.TOO_LONG, ""));
            return;
        }
        List<Integer> indices = new ArrayList<>(batch.size());
        List<String> codes = new ArrayList<>(batch.size());
        for (int index = 0; index < batch.size(); index++) {
            String code = batch.addressee(index).address();
            if (!Topics.isCode(code)) {
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
                        Topics::command,
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
        Report report = came.topic().equals(Topics.report(came.terminal())) ? Report.read(came.payload()) : null;
        if (report == null) {
            // Acknowledged, since it will be no better when it is repeated; kept out, since it proves nothing.
            malformed.increment();
            LOG.warn(
                    "link {}: terminal {} sent a report of {} bytes that cannot be read; {} so far",
                    context.link(),
                    came.terminal(),
                    came.payload().length,
                    malformed.sum());
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
