package org.tocsin.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Status;

class BatchTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void isDoneWhenEachAddresseeIsSettled() {
        Batch batch = batch(Status.ACTUAL, new Addressee("a", false), new Addressee("b", false));

        batch.settle(1, new Outcome.Accepted("x"));
        assertFalse(batch.done().toCompletableFuture().isDone());
        batch.settle(0, new Outcome.Accepted("y"));

        assertTrue(batch.done().toCompletableFuture().isDone());
        assertEquals(List.of("1 Accepted[references=[x]]", "0 Accepted[references=[y]]"), told);
    }

    @Test
    void tellsOnlyTheFirstOutcomeOfAnAddressee() {
        Batch batch = batch(Status.ACTUAL, new Addressee("a", false));

        assertTrue(batch.settle(0, new Outcome.Accepted("x")));
        assertFalse(batch.settle(0, new Outcome.Rejected(Reason.INTERNAL, "")));

        assertEquals(1, told.size());
    }

    @Test
    void anExerciseMayReachProbesOnly() {
        Batch batch = batch(Status.EXERCISE, new Addressee("a", false), new Addressee("b", true));

        assertFalse(batch.mayReach(0));
        assertTrue(batch.mayReach(1));
    }

    private Batch batch(Status status, Addressee... addressees) {
        return new Batch(
                "b",
                ChannelContract.notice(status, Map.of("text", "t")),
                List.of(addressees),
                (index, outcome) -> told.add(index + " " + outcome));
    }
}
