package org.tocsin.channel.sms;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Outcome;

/**
 * A job with several numbers in each submit.
 *
 * <p>A carrier refuses a whole group for one number in it (CMPP 3.0, appendix 1). Such a group is cut in two and both
 * halves are sent, until the number stands alone and only its owner is refused: at most twice as many submits as there
 * are persons. It is cut only when all its segments were refused; where some were taken, the carrier has them, and a
 * repeat would be a double. Whoever has some of the segments from a try before is sent the others alone. Used by the
 * event loop alone.
 */
final class GroupJob extends Job {
    /** Persons that share their submits. */
    private static final class Group {
        final int[] persons;
        final @Nullable String[] references;
        int written;
        int answered;
        int taken;
        boolean timedOut;

        @Nullable
        Outcome refusal;

        @Nullable
        Outcome failure;

        Group(int[] persons, int segments) {
            this.persons = persons;
            this.references = new String[persons.length * segments];
        }
    }

    private final int largest;
    private final List<Group> groups = new ArrayList<>();
    private final ArrayDeque<Integer> open = new ArrayDeque<>();
    private int person;

    GroupJob(Batch batch, SubmitTemplate template, int largest, Tries tries) {
        super(batch, template, tries);
        this.largest = largest;
    }

    @Override
    boolean write(Conversation conversation) {
        while (true) {
            Integer at = open.peek();
            if (at == null) {
                at = next();
                if (at == null) {
                    return true;
                }
            }
            Group group = groups.get(at);
            while (group.written < segments) {
                if (group.references[group.written] != null && group.persons.length == 1) {
                    group.written++;
                    group.taken++;
                    answered(group);
                    continue;
                }
                if (!conversation.hasRoom()) {
                    return false;
                }
                conversation.submit(this, at * segments + group.written++);
            }
            open.remove(at);
        }
    }

    /** Makes the next group and gives its index; null where nobody is left. */
    @Nullable
    Integer next() {
        int[] persons = new int[largest];
        int size = 0;
        for (; person < batch.size() && size < largest; person++) {
            if (batch.isSettled(person)) {
                continue;
            }
            Tries.Try before = segments > 1 ? before(person) : null;
            if (before != null) {
                return size > 0 ? add(Arrays.copyOf(persons, size)) : missing(person++, before);
            }
            if (Numbers.isNumber(batch.addressee(person).address())) {
                persons[size++] = person;
            } else {
                batch.settle(person, INVALID_NUMBER);
            }
        }
        return size == 0 ? null : add(Arrays.copyOf(persons, size));
    }

    private Integer missing(int whose, Tries.Try before) {
        Integer at = add(new int[] {whose});
        System.arraycopy(before.references, 0, groups.get(at).references, 0, segments);
        return at;
    }

    private Integer add(int[] persons) {
        groups.add(new Group(persons, segments));
        Integer at = groups.size() - 1;
        open.add(at);
        return at;
    }

    @Override
    int count(int place) {
        return groups.get(place / segments).persons.length;
    }

    @Override
    String number(int place, int index) {
        return batch.addressee(groups.get(place / segments).persons[index]).address();
    }

    @Override
    void accepted(int place, IntFunction<String> references) {
        Group group = groups.get(place / segments);
        for (int index = 0; index < group.persons.length; index++) {
            group.references[index * segments + segmentOf(place)] = references.apply(index);
        }
        group.taken++;
        answered(group);
    }

    @Override
    void failed(int place, Outcome outcome) {
        Group group = groups.get(place / segments);
        group.failure = worse(group.failure, outcome);
        answered(group);
    }

    @Override
    void timedOut(int place, Outcome outcome) {
        groups.get(place / segments).timedOut = true;
        failed(place, outcome);
    }

    @Override
    boolean refusedForNumber(int place, Outcome outcome) {
        Group group = groups.get(place / segments);
        group.refusal = outcome;
        return answered(group);
    }

    /** Once all segments of a group are answered, says what became of its persons, or cuts it in two. */
    private boolean answered(Group group) {
        if (++group.answered < segments) {
            return false;
        }
        if (group.taken == segments) {
            for (int index = 0; index < group.persons.length; index++) {
                String[] own =
                        Arrays.copyOfRange(group.references, index * segments, (index + 1) * segments, String[].class);
                batch.settle(group.persons[index], new Outcome.Accepted(Arrays.asList(own)));
                if (segments > 1 && !tries.isEmpty()) {
                    tries.forget(whom(batch.addressee(group.persons[index]).address()));
                }
            }
            return false;
        }
        if (group.failure == null && group.taken == 0 && group.persons.length > 1) {
            int half = group.persons.length / 2;
            add(Arrays.copyOf(group.persons, half));
            add(Arrays.copyOfRange(group.persons, half, group.persons.length));
            return true;
        }
        Outcome outcome = group.failure != null ? group.failure : group.refusal;
        for (int index = 0; index < group.persons.length; index++) {
            settleFailed(
                    group.persons[index],
                    outcome == null ? INVALID_NUMBER : outcome,
                    segments == 1
                            ? new String[0]
                            : Arrays.copyOfRange(group.references, index * segments, (index + 1) * segments),
                    group.timedOut);
        }
        return false;
    }

    @Override
    void abandon(Outcome outcome) {
        for (Integer at : open) {
            Group group = groups.get(at);
            // What was written of a group ends with its connection; a group of which nothing was is not sent at all.
            if (group.written == 0) {
                settle(group, outcome);
            } else {
                group.failure = group.failure == null ? outcome : group.failure;
                int unwritten = segments - group.written;
                group.written = segments;
                for (int i = 0; i < unwritten; i++) {
                    answered(group);
                }
            }
        }
        open.clear();
        for (; person < batch.size(); person++) {
            batch.settle(person, outcome);
        }
    }

    private void settle(Group group, Outcome outcome) {
        for (int whose : group.persons) {
            batch.settle(whose, outcome);
        }
    }
}
