package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.LedgerHead;

/**
 * Where commits get their place in the ledger's chain. Those that come while a group is under way make up the next one:
 * each is chained to the one before it as if that will succeed, and the group goes out as one transaction, so that
 * Redis syncs its file once for all. Where one is refused, or another gateway was faster, what was chained behind it is
 * refused by the script as well and is chained anew, at the head of the next group. May be used by any thread; does not
 * block.
 */
final class LedgerChain {
    private static final int ATTEMPTS = 1000;
    /** So that other connections' commands do not wait long behind a group. */
    private static final int GROUP_BYTES = 1 << 20;

    private final Commits commits;
    private final List<String> ledgerKeys;
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final Set<LedgerScript> sent = new HashSet<>();
    private LedgerHead known = LedgerHead.EMPTY;
    private boolean underWay;

    /**
     * How a script ended.
     *
     * @param answer {@code OK}, or the script's own word for what kept it from changing anything
     * @param entries the entries that were written, where it is OK
     */
    record Committed(String answer, List<LedgerEntry> entries) {
        boolean isDone() {
            return answer.equals("OK");
        }
    }

    /** A commit that has no place yet. */
    private static final class Pending {
        final LedgerScript script;
        final List<Deed> deeds;
        final String[] keys;
        final List<byte[]> arguments;
        final CompletableFuture<Committed> done = new CompletableFuture<>();
        int attempts;
        /** Whether the script's text must go with it, for the first time or as the server has lost it. */
        boolean whole;

        Pending(LedgerScript script, List<Deed> deeds, String[] keys, List<byte[]> arguments) {
            this.script = script;
            this.deeds = deeds;
            this.keys = keys;
            this.arguments = arguments;
        }
    }

    /** A commit with its place. */
    private record Chained(
            Pending commit, LedgerHead before, List<LedgerEntry> entries, LedgerHead after, List<byte[]> arguments) {
        static Chained behind(LedgerHead before, Pending commit) {
            List<LedgerEntry> entries = new ArrayList<>();
            LedgerHead after = before;
            for (Deed deed : commit.deeds) {
                LedgerEntry entry = LedgerEntry.after(after, deed);
                entries.add(entry);
                after = entry.head();
            }
            List<byte[]> all = new ArrayList<>();
            all.add(StoredLedger.encode(before));
            all.add(StoredLedger.encode(after));
            all.add(Integer.toString(entries.size()).getBytes(UTF_8));
            for (LedgerEntry entry : entries) {
                all.add(Long.toString(entry.sequence()).getBytes(UTF_8));
                all.add(StoredLedger.encode(entry));
            }
            all.addAll(commit.arguments);
            return new Chained(commit, before, entries, after, all);
        }

        int size() {
            return arguments.stream().mapToInt(argument -> argument.length).sum();
        }

        /** Runs the script; a failure of its own fails none of its neighbours. */
        CompletionStage<Answer> run(RedisAsyncCommands<String, byte[]> commands) {
            return commit.script
                    .run(commands, commit.whole, commit.keys, arguments.toArray(byte[][]::new))
                    .handle(Answer::new);
        }
    }

    private record Answer(byte @Nullable [] bytes, @Nullable Throwable failure) {
        /** The script's answer; throws what it failed with. */
        String word() {
            if (bytes != null) {
                return new String(bytes, UTF_8);
            }
            throw failure instanceof RuntimeException plain ? plain : new RedisException("the store failed", failure);
        }
    }

    /**
     * Makes it for the ledger whose head and entries are at these keys.
     *
     * @param commits over a connection that nobody else uses
     */
    LedgerChain(Commits commits, String head, String entries) {
        this.commits = commits;
        this.ledgerKeys = List.of(head, entries);
    }

    /**
     * Runs a script that changes state together with the ledger.
     *
     * @param deeds at least one
     * @param keys the script's own
     * @param arguments the script's own
     * @return completes once it is durable; who cancels it before it got its place takes it back
     */
    CompletableFuture<Committed> commit(
            LedgerScript script, List<Deed> deeds, List<String> keys, List<byte[]> arguments) {
        List<String> allKeys = new ArrayList<>(ledgerKeys);
        allKeys.addAll(keys);
        Pending commit = new Pending(script, List.copyOf(deeds), allKeys.toArray(String[]::new), arguments);
        synchronized (this) {
            waiting.add(commit);
        }
        send();
        return commit.done;
    }

    private void send() {
        List<Chained> group = next();
        if (group.isEmpty()) {
            return;
        }
        List<Function<RedisAsyncCommands<String, byte[]>, CompletionStage<Answer>>> writes = new ArrayList<>();
        group.forEach(one -> writes.add(one::run));
        CompletionStage<List<Answer>> sent;
        try {
            sent = commits.commitTogether(writes);
        } catch (RuntimeException refused) {
            sent = CompletableFuture.failedFuture(refused);
        }
        sent.whenComplete((answers, failure) -> {
            settle(group, answers, failure);
            send();
        });
    }

    /** Takes the next group and gives it its places; empty while one is under way or none waits. */
    private synchronized List<Chained> next() {
        List<Chained> group = new ArrayList<>();
        LedgerHead before = known;
        int bytes = 0;
        while (!underWay && bytes < GROUP_BYTES) {
            Pending commit = waiting.poll();
            if (commit == null) {
                break;
            }
            if (commit.done.isDone()) {
                continue;
            }
            if (commit.attempts++ == ATTEMPTS) {
                commit.done.completeExceptionally(
                        new IllegalStateException("the ledger is written to faster than an entry can be chained"));
                continue;
            }
            commit.whole |= sent.add(commit.script);
            try {
                Chained chained = Chained.behind(before, commit);
                group.add(chained);
                before = chained.after();
                bytes += chained.size();
            } catch (RuntimeException unfit) {
                commit.done.completeExceptionally(unfit);
            }
        }
        underWay |= !group.isEmpty();
        return group;
    }

    /** Tells each how it ended, and puts those that were chained to what has not come back to the front. */
    private void settle(List<Chained> group, @Nullable List<Answer> answers, @Nullable Throwable failure) {
        LedgerHead head = group.get(0).before();
        Deque<Pending> anew = new ArrayDeque<>();
        for (int at = 0; at < group.size(); at++) {
            Chained one = group.get(at);
            CompletableFuture<Committed> done = one.commit().done;
            Answer answer = answers == null ? new Answer(null, failure) : answers.get(at);
            if (answer.failure() instanceof RedisNoScriptException) {
                one.commit().whole = true;
                anew.addFirst(one.commit());
                continue;
            }
            try {
                String word = answer.word();
                if (word.startsWith("HEAD")) {
                    head = StoredLedger.head(word.substring("HEAD".length()).strip());
                } else if (word.equals("OK")) {
                    head = one.after();
                }
                // Where the head is already what it would make it, its entries are there: its answer was lost.
                if (word.startsWith("HEAD") && !head.equals(one.after())) {
                    anew.addFirst(one.commit());
                } else {
                    done.complete(new Committed(word.startsWith("HEAD") ? "OK" : word, one.entries()));
                }
            } catch (RuntimeException failed) {
                done.completeExceptionally(failed);
            }
        }
        synchronized (this) {
            known = head;
            anew.forEach(waiting::addFirst);
            underWay = false;
        }
    }
}
