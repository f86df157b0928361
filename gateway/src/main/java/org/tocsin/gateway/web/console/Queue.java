package org.tocsin.gateway.web.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tocsin.alert.Status;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.SignOff;
import org.tocsin.gateway.approval.Step;
import org.tocsin.gateway.approval.Trace;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;

/**
 * What waits for whom: first what waits for whoever asks, then the rest; within these the real before drills, the
 * gravest and oldest first.
 */
final class Queue {
    /** The states in which somebody's word is awaited. */
    private static final Set<WarningState> WAITING =
            EnumSet.of(WarningState.IN_REVIEW, WarningState.AWAITING_SIGNATURE, WarningState.RETURNED);

    /** More than anybody has open at once; of more, the latest are shown and the others counted as {@code more}. */
    private static final int MOST = 200;

    private final WarningStore store;
    private final SignOff signOff;
    private final InstantSource clock;

    Queue(WarningStore store, SignOff signOff, InstantSource clock) {
        this.store = store;
        this.signOff = signOff;
        this.clock = clock;
    }

    /**
     * Something that waits.
     *
     * @param id the warning
     * @param headline its headline
     * @param level I to IV
     * @param state the API's word
     * @param drill whether it is not real
     * @param msgType CAP's word
     * @param submitter who handed it in
     * @param waitsFor the role's word that it waits for
     * @param mine whether whoever asks can do what it waits for
     * @param since since when it waits
     * @param age how long that is, in words
     */
    record Item(
            String id,
            String headline,
            String level,
            String state,
            boolean drill,
            String msgType,
            String submitter,
            String waitsFor,
            boolean mine,
            Instant since,
            String age) {}

    /**
     * The queue.
     *
     * @param mine what waits for whoever asks
     * @param others what waits for others
     * @param more whether there are more than are shown
     */
    record View(List<Item> mine, List<Item> others, boolean more) {}

    /** What waits, of all that the principal may read. */
    View of(Principal principal, Phrases phrases) {
        WarningStore.Page page = store.list(new WarningStore.Query(WAITING, null, null, MOST));
        Instant now = clock.instant();
        List<Item> mine = new ArrayList<>();
        List<Item> others = new ArrayList<>();
        page.warnings().stream()
                .filter(warning -> signOff.mayRead(principal, warning))
                .sorted(Comparator.<Warning, Boolean>comparing(
                                warning -> warning.alert().status() != Status.ACTUAL)
                        .thenComparing(Warning::level)
                        .thenComparing(Queue::since))
                .map(warning -> item(principal, warning, phrases, now))
                .forEach(item -> (item.mine() ? mine : others).add(item));
        return new View(mine, others, page.cursor() != null);
    }

    private Item item(Principal principal, Warning warning, Phrases phrases, Instant now) {
        Step next = warning.nextStep();
        boolean returned = warning.state() == WarningState.RETURNED;
        Set<Act> possible = signOff.possible(principal, warning);
        boolean mine = returned
                ? possible.contains(Act.EDIT) && warning.authors().contains(principal.id())
                : possible.contains(Act.APPROVE);
        Instant since = since(warning);
        return new Item(
                warning.id(),
                WarningView.headline(warning),
                warning.level().name(),
                warning.state().word(),
                warning.alert().status() != Status.ACTUAL,
                warning.alert().msgType().word(),
                WarningView.submitter(warning),
                returned || next == null ? "issuer" : next.role().word(),
                mine,
                since,
                Ages.words(phrases, Duration.between(since, now)));
    }

    /** When it came to where it waits now. */
    private static Instant since(Warning warning) {
        List<Trace> history = warning.history();
        Instant since = warning.created();
        for (Trace trace : history) {
            boolean moves = trace.act() != Act.EDIT;
            if (moves) {
                since = trace.at();
            }
        }
        return since;
    }
}
