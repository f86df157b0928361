package org.tocsin.channel;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A context that keeps each receipt, and offers no HTTP and no terminals unless a test overrides them. */
public class FakeChannelContext implements ChannelContext, AutoCloseable {
    private final String link;
    private final Map<String, String> settings;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Receipt> receipts = new CopyOnWriteArrayList<>();
    private final List<Reply> replies = new CopyOnWriteArrayList<>();
    private volatile boolean keeping = true;

    /** A context for a link with these settings. */
    public FakeChannelContext(String link, Map<String, String> settings) {
        this.link = link;
        this.settings = Map.copyOf(settings);
    }

    /** The receipts that came, in their order, kept or not. */
    public List<Receipt> received() {
        return receipts;
    }

    /** The replies that came, in their order, kept or not. */
    public List<Reply> replied() {
        return replies;
    }

    /** Says whether receipts and replies can be kept from now on. */
    public void keep(boolean durable) {
        keeping = durable;
    }

    @Override
    public String link() {
        return link;
    }

    @Override
    public LinkSettings settings() {
        return new LinkSettings(link, settings);
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    }

    @Override
    public ScheduledExecutorService timer() {
        return timer;
    }

    @Override
    public HttpExchange http() {
        return request -> CompletableFuture.failedStage(new HttpExchange.Failure("no HTTP in this test", false));
    }

    @Override
    public TerminalLink terminals() {
        return new NoTerminals();
    }

    @Override
    public ReceiptSink receipts() {
        return (receipt, kept) -> {
            receipts.add(receipt);
            kept.settled(keeping);
        };
    }

    @Override
    public ReplySink replies() {
        return (reply, kept) -> {
            replies.add(reply);
            kept.settled(keeping);
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** A stage that is complete, for overriding {@link #http()}. */
    protected static CompletionStage<HttpExchange.Answer> answer(int status, String body) {
        return CompletableFuture.completedStage(
                new HttpExchange.Answer(status, Map.of(), body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static final class NoTerminals implements TerminalLink {
        @Override
        public void send(
                List<String> terminals,
                UnaryOperator<String> topic,
                byte[] payload,
                Duration timeout,
                Answers answers) {
            for (int index = 0; index < terminals.size(); index++) {
                answers.answer(index, Answer.OFFLINE);
            }
        }

        @Override
        public void listen(String topicFilter, Reports reports) {
            // Nobody ever reports.
        }
    }
}
