package org.tocsin.gateway.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What waits on a link, by lane: first attempts in their order, further attempts by their time. For one thread. */
final class LinkQueues {
    private static final int LANES = 4;

    private final List<Deque<Slice>> first = new ArrayList<>();
    private final List<PriorityQueue<Slice>> again = new ArrayList<>();
    private final List<List<Slice>> held = new ArrayList<>();
    private int addressees;

    LinkQueues() {
        for (int lane = 1; lane <= LANES; lane++) {
            first.add(new ArrayDeque<>());
            again.add(new PriorityQueue<>(Comparator.comparingLong(slice -> slice.notBefore)));
            held.add(new ArrayList<>());
        }
    }

    /** How many addressees wait. */
    int addressees() {
        return addressees;
    }

    /** How many slices a lane holds. */
    int slices(int lane) {
        return first.get(lane - 1).size()
                + again.get(lane - 1).size()
                + held.get(lane - 1).size();
    }

    /** Adds to the end of its lane. */
    void add(Slice slice) {
        addressees += slice.size();
        first.get(slice.batch.lane() - 1).add(slice);
    }

    /** Adds for another attempt at its time. */
    void addAgain(Slice slice) {
        addressees += slice.size();
        again.get(slice.batch.lane() - 1).add(slice);
    }

    /** Puts back what was taken and could not go. */
    void putBack(Slice slice) {
        addressees += slice.size();
        if (slice.attempt > 1) {
            again.get(slice.batch.lane() - 1).add(slice);
        } else {
            first.get(slice.batch.lane() - 1).addFirst(slice);
        }
    }

    /** Sets aside what must not go now, until {@link #release}. */
    void hold(Slice slice) {
        addressees += slice.size();
        held.get(slice.batch.lane() - 1).add(slice);
    }

    /** Takes what is due next in a lane; null where there is nothing. */
    @Nullable
    Slice poll(int lane, long now) {
        PriorityQueue<Slice> later = again.get(lane - 1);
        Slice due = later.peek();
        Slice next = due != null && due.notBefore <= now
                ? later.poll()
                : first.get(lane - 1).poll();
        if (next != null) {
            addressees -= next.size();
        }
        return next;
    }

    /** Puts all that was held back into its place. */
    void release() {
        for (int lane = 0; lane < LANES; lane++) {
            List<Slice> waiting = held.get(lane);
            for (int at = waiting.size() - 1; at >= 0; at--) {
                Slice slice = waiting.get(at);
                if (slice.attempt > 1) {
                    again.get(lane).add(slice);
                } else {
                    first.get(lane).addFirst(slice);
                }
            }
            waiting.clear();
        }
    }

    /** Takes out all that a test picks, in their order. */
    void extract(Predicate<Slice> picked, Consumer<Slice> taken) {
        release();
        List<Slice> out = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            first.get(lane).stream().filter(picked).forEach(out::add);
            first.get(lane).removeIf(picked);
            again.get(lane).stream().filter(picked).forEach(out::add);
            again.get(lane).removeIf(picked);
        }
        for (Slice slice : out) {
            addressees -= slice.size();
            taken.accept(slice);
        }
    }

    /**
     * Takes first attempts out of the lanes' ends, the gravest lane first.
     *
     * @param most so many addressees at least, where there are as many
     */
    List<Slice> extractLast(int most, Predicate<Slice> picked) {
        List<Slice> out = new ArrayList<>();
        int taken = 0;
        for (int lane = 0; lane < LANES; lane++) {
            for (Iterator<Slice> slices = first.get(lane).descendingIterator(); taken < most && slices.hasNext(); ) {
                Slice slice = slices.next();
                if (picked.test(slice)) {
                    slices.remove();
                    taken += slice.size();
                    out.add(slice);
                }
            }
        }
        addressees -= taken;
        return out;
    }

    /** Forgets all. */
    void clear() {
        first.forEach(Deque::clear);
        again.forEach(PriorityQueue::clear);
        held.forEach(List::clear);
        addressees = 0;
    }
}
