package org.tocsin.gateway.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Kept;
import org.tocsin.gateway.receipt.EvidenceLog;
import org.tocsin.gateway.receipt.JournalEncoder;

/**
 * Commits a link's journal: one append at a time, the next one collects meanwhile, no timer. For the link's thread; it
 * is called back on it.
 */
final class CommitPipe {
    /** What one append holds. */
    record Commit(
            EvidenceLog.Entry entry,
            List<Kept> kept,
            List<Flight> flights,
            List<Flight> landed,
            int outcomes,
            List<String[]> finished) {}

    /** Hears how appends end. */
    interface Ends {
        /** All of it is durable. */
        void durable(Commit commit);

        /** It is not, or nobody knows. */
        void failed(Commit commit, Throwable why);
    }

    final JournalEncoder encoder = new JournalEncoder();
    final List<Kept> keeping = new ArrayList<>();
    private final EvidenceLog log;
    private final String link;
    private final LinkThread thread;
    private final Ends ends;
    private List<Flight> flights = new ArrayList<>();
    private List<Flight> landed = new ArrayList<>();
    private List<String[]> finished = new ArrayList<>();
    private int outcomes;
    private long epoch;
    private long sequence;
    private long appends;
    private @Nullable Commit running;
    private long runningNumber;

    CommitPipe(EvidenceLog log, String link, LinkThread thread, Ends ends) {
        this.log = log;
        this.link = link;
        this.thread = thread;
        this.ends = ends;
    }

    /** Starts afresh under an epoch; what was collected is forgotten. */
    void begin(long newEpoch) {
        forget();
        epoch = newEpoch;
        sequence = 0;
    }

    /** A claim was written whose addressees are to be submitted once it is durable. */
    void claimed(Flight flight) {
        flights.add(flight);
    }

    /** The last outcome of a flight was written. */
    void landed(Flight flight) {
        landed.add(flight);
    }

    /** An outcome was written. */
    void outcome() {
        outcomes++;
    }

    /** A lane's item is done with once what was written so far is durable. */
    void finished(int lane, String item) {
        finished.add(new String[] {Integer.toString(lane), item});
    }

    /** Whether nothing is collected and nothing on its way. */
    boolean isIdle() {
        return running == null && encoder.isEmpty();
    }

    /** Whether as much is collected as one append should hold. */
    boolean isFull() {
        return encoder.size() > 1 << 20;
    }

    /** Appends what is collected, unless an append is on its way. */
    void commit() {
        if (running != null || encoder.isEmpty()) {
            return;
        }
        EvidenceLog.Entry entry = new EvidenceLog.Entry(epoch + "-" + ++sequence, encoder.take());
        Commit commit = new Commit(entry, List.copyOf(keeping), flights, landed, outcomes, finished);
        keeping.clear();
        flights = new ArrayList<>();
        landed = new ArrayList<>();
        finished = new ArrayList<>();
        outcomes = 0;
        running = commit;
        long number = ++appends;
        runningNumber = number;
        thread.after(
                log.append(link, epoch, sequence, entry.bytes()), (nothing, failure) -> end(number, commit, failure));
    }

    /** Forgets what is collected and tells the senders of receipts that it is not kept. */
    void forget() {
        Commit lost = running;
        running = null;
        if (lost != null) {
            lost.kept().forEach(kept -> kept.settled(false));
        }
        keeping.forEach(kept -> kept.settled(false));
        keeping.clear();
        flights = new ArrayList<>();
        landed = new ArrayList<>();
        finished = new ArrayList<>();
        outcomes = 0;
        if (!encoder.isEmpty()) {
            encoder.take();
        }
    }

    private void end(long number, Commit commit, @Nullable Throwable failure) {
        if (running == null || runningNumber != number) {
            return;
        }
        if (failure != null) {
            ends.failed(commit, failure);
        } else {
            running = null;
            ends.durable(commit);
        }
    }
}
