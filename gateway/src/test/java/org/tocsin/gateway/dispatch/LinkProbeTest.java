package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Status;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.TestClock;

/** A link's test of itself, from the submit to the report of its delivery. */
class LinkProbeTest {
    private static final String NUMBER = "8613900000000";

    private final TestClock clock = new TestClock(Instant.parse("2026-07-20T00:00:00Z"));
    private final List<Batch> sent = new ArrayList<>();
    private final LinkProbe probe = new LinkProbe(
            "sms-1",
            NUMBER,
            new Submitter() {
                @Override
                public void add(String link, org.tocsin.channel.Link opened) {
                    // There is no link here.
                }

                @Override
                public void submit(String link, Batch batch) {
                    sent.add(batch);
                }
            },
            clock,
            ZoneId.of("Asia/Shanghai"),
            Duration.ofMinutes(5));

    @Test
    void itGoesToTheProbeNumberAloneAsATestAndIsMeasuredEndToEnd() {
        probe.look(true);
        Batch batch = sent.get(0);
        assertEquals(1, batch.size());
        assertEquals(NUMBER, batch.addressee(0).address());
        assertTrue(batch.addressee(0).probe());
        assertEquals(Status.TEST, batch.notice().alert().status());
        batch.settle(0, new Outcome.Accepted("r1"));

        clock.advance(Duration.ofMillis(1_250));
        assertTrue(probe.takes(delivered("r1", "13900000000")));

        assertTrue(probe.last().ok());
        assertEquals(1_250, probe.last().millis());
        assertEquals("", probe.last().why());
    }

    @Test
    void itIsRepeatedAfterItsTimeAndOnlyWhileTheLinkIsUp() {
        probe.look(false);
        assertEquals(0, sent.size());
        probe.look(true);
        probe.look(true);
        assertEquals(1, sent.size());
        sent.get(0).settle(0, new Outcome.Accepted("r1"));
        probe.takes(delivered("r1", NUMBER));

        clock.advance(Duration.ofMinutes(4));
        probe.look(true);
        assertEquals(1, sent.size());
        clock.advance(Duration.ofMinutes(1));
        probe.look(true);

        assertEquals(2, sent.size());
    }

    @Test
    void withoutAReportItHasFailedAfterAMinute() {
        probe.look(true);
        sent.get(0).settle(0, new Outcome.Accepted("r1"));
        clock.advance(Duration.ofSeconds(61));

        probe.look(true);

        assertFalse(probe.last().ok());
        assertEquals("no report within 60 s", probe.last().why());
        assertFalse(probe.takes(delivered("r1", NUMBER)), "a late report is an orphan like any other");
    }

    @Test
    void aRefusalAndABadReportSayWhy() {
        probe.look(true);
        sent.get(0).settle(0, new Outcome.Rejected(Reason.UNAUTHORISED, "13"));
        assertEquals(Reason.UNAUTHORISED.label() + " 13", probe.last().why());

        clock.advance(Duration.ofMinutes(5));
        probe.look(true);
        sent.get(1).settle(0, new Outcome.Accepted("r2"));
        assertTrue(probe.takes(
                new Receipt("r2", NUMBER, Evidence.FAILED, Reason.UNDELIVERABLE, "UNDELIV", clock.instant())));

        assertEquals(Reason.UNDELIVERABLE.label() + " UNDELIV", probe.last().why());
        assertEquals(-1, probe.last().millis());
    }

    @Test
    void aReportBeforeTheAnswerIsTakenByItsNumberAndNobodyElsesIs() {
        assertFalse(probe.takes(delivered("r0", NUMBER)), "no test is under way");
        probe.look(true);

        assertFalse(probe.takes(delivered("r9", "8613800000001")));
        assertTrue(probe.takes(delivered("r1", NUMBER)));

        assertTrue(probe.last().ok());
    }

    @Test
    void aWarningsReportOfTheSameNumberIsNotTheTests() {
        probe.look(true);
        sent.get(0).settle(0, new Outcome.Accepted("r1"));

        assertFalse(probe.takes(delivered("r7", NUMBER)), "the number is a resident's too");
        assertTrue(probe.takes(delivered(null, NUMBER)));
    }

    private Receipt delivered(@Nullable String reference, String address) {
        return new Receipt(reference, address, Evidence.DELIVERED, null, "DELIVRD", clock.instant());
    }
}
