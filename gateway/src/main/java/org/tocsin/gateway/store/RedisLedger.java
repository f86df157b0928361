package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.tocsin.gateway.ledger.ChainReader;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.Ledger;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.ledger.Verification;

/**
 * The ledger in Redis: a stream whose ids are the entries' sequence numbers, so that Redis itself refuses a number
 * twice, and a key with the head. Several gateways may write to it: each chains to the head that it knows, the script
 * refuses when the chain went on, and it chains anew.
 */
public final class RedisLedger implements Ledger {
    private static final String HEAD = "{tocsin}:ledger:head";
    private static final String ENTRIES = "{tocsin}:ledger";
    private static final LedgerScript APPEND = LedgerScript.of("ledger-append");
    private static final int PAGE = 500;

    private final Redis redis;
    private final LedgerChain chain;

    /** Makes it; it commits over a connection of its own, which is closed with the store. */
    public RedisLedger(Redis redis) {
        this.redis = redis;
        this.chain = new LedgerChain(redis.commitsApart(), HEAD, ENTRIES);
    }

    @Override
    public LedgerEntry append(Deed deed) {
        LedgerChain.Committed committed = commit(APPEND, List.of(deed), List.of(), List.of());
        if (!committed.isDone()) {
            throw new IllegalStateException("the ledger answered " + committed.answer());
        }
        return committed.entries().get(0);
    }

    @Override
    public LedgerHead head() {
        byte[] head = redis.connection().sync().get(HEAD);
        return head == null ? LedgerHead.EMPTY : StoredLedger.head(new String(head, UTF_8));
    }

    @Override
    public void read(long fromSequence, long toSequence, Consumer<LedgerEntry> reader) {
        Range.Boundary<String> from = Range.Boundary.including(fromSequence + "-0");
        // Without its second part an id means all that begin with it.
        Range.Boundary<String> to = Range.Boundary.including(Long.toString(toSequence));
        List<StreamMessage<String, byte[]>> page;
        do {
            page = redis.connection().sync().xrange(ENTRIES, Range.from(from, to), Limit.from(PAGE));
            for (StreamMessage<String, byte[]> message : page) {
                reader.accept(StoredLedger.entry(message));
                from = Range.Boundary.excluding(message.getId());
            }
        } while (page.size() == PAGE);
    }

    @Override
    public Verification verify() {
        LedgerHead head = head();
        ChainReader chain = new ChainReader();
        // What is appended while it reads lies behind the head that it read first.
        read(1, entry -> {
            if (entry.sequence() <= head.sequence() || !chainGrewTo(entry, head)) {
                chain.accept(entry);
            }
        });
        return chain.end(head);
    }

    /**
     * Runs a script that changes state together with the ledger, and waits until it is durable.
     *
     * @param deeds at least one
     * @param keys the script's own
     * @param arguments the script's own
     * @throws io.lettuce.core.RedisException when the store failed; then nobody knows whether it was done
     * @throws Redis.NotReplicated when too few replicas have confirmed it
     */
    LedgerChain.Committed commit(LedgerScript script, List<Deed> deeds, List<String> keys, List<byte[]> arguments) {
        CompletableFuture<LedgerChain.Committed> done = chain.commit(script, deeds, keys, arguments);
        try {
            return Waiting.plainly(done);
        } finally {
            // Whose caller waits no longer is not begun.
            done.cancel(false);
        }
    }

    private boolean chainGrewTo(LedgerEntry entry, LedgerHead head) {
        return entry.sequence() > head.sequence() && entry.sequence() <= head().sequence();
    }
}
