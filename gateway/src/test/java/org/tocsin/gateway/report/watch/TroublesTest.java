package org.tocsin.gateway.report.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.receipt.ChannelCounts;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.Summaries;
import org.tocsin.gateway.report.watch.LinkNow.State;
import org.tocsin.gateway.report.watch.Trouble.Kind;

class TroublesTest {
    private static final Instant SIGNED = Summaries.SIGNED;
    private static final LinkNow UP = new LinkNow("mobile", "sms", "mobile", State.UP, 0, 0);

    private IssueSummary.Channel sms = channel(new ChannelCounts(1000, 990, 980, 900, 10, 60, 20), 1, 2, 20, Map.of());
    private Forecast forecast = Forecast.UNKNOWN;
    private Set<String> wanted = Set.of("sms");
    private boolean sending = true;
    private boolean stopped;
    private @Nullable Instant expires;
    private List<LinkNow> links = List.of(UP);
    private List<TerminalsNow> terminals = List.of();
    private Instant now = SIGNED.plusSeconds(95);

    @Test
    void findsNothingWrongWhereAllGoesWell() {
        assertEquals(List.of(), found());
    }

    @Test
    void namesTheLinkThatIsDownRefusedOrResting() {
        for (Map.Entry<State, Kind> entry : Map.of(
                        State.DOWN, Kind.LINK_DOWN, State.REFUSED, Kind.LINK_REFUSED, State.RESTING, Kind.LINK_RESTING)
                .entrySet()) {
            links = List.of(UP, new LinkNow("unicom", "sms", "unicom", entry.getKey(), 500, 3));

            assertEquals(List.of(new Trouble(entry.getValue(), "sms", "unicom", List.of(500L))), found());
        }
    }

    @Test
    void saysNothingOfALinkThatTheWarningNeedsNoMore() {
        links = List.of(
                new LinkNow("mobile", "sms", "mobile", State.DOWN, 0, 0),
                new LinkNow("mail", "email", "mail", State.DOWN, 0, 0));
        sms = channel(new ChannelCounts(1000, 1000, 1000, 950, 0, 50, 0), 0, 0, 0, Map.of());

        assertEquals(List.of(), found());
    }

    @Test
    void tellsAMissingLinkFromAChannelOnWhichNobodyCanBeReached() {
        wanted = Set.of("sms", "email", "wechat");
        links = List.of(UP, new LinkNow("mail", "email", "mail", State.UP, 0, 0));

        assertEquals(
                List.of(
                        new Trouble(Kind.NO_LINK, "wechat", "", List.of()),
                        new Trouble(Kind.NOBODY_ON_CHANNEL, "email", "", List.of())),
                found());
    }

    @Test
    void saysThatItGoesToNobody() {
        sms = channel(new ChannelCounts(0, 0, 0, 0, 0, 0, 0), 0, 0, 0, Map.of());

        assertEquals(List.of(new Trouble(Kind.NOBODY, "", "", List.of())), found());
    }

    @Test
    void tellsARefusingProviderFromPhonesThatCannotBeReached() {
        sms = channel(
                new ChannelCounts(1000, 990, 980, 700, 10, 260, 20),
                0,
                0,
                20,
                Map.of("content-refused", 100, "unreachable", 150, "opted-out", 10));

        assertEquals(
                List.of(
                        new Trouble(Kind.REFUSING, "sms", "content-refused", List.of(100L, 1000L)),
                        new Trouble(Kind.FAILING, "sms", "unreachable", List.of(160L, 1000L))),
                found());
    }

    @Test
    void saysThatACarrierTakesAllAndReportsNothing() {
        sms = channel(new ChannelCounts(1000, 1000, 1000, 0, 0, 0, 1000), 0, 0, 1000, Map.of());
        assertEquals(List.of(), found());

        now = SIGNED.plusSeconds(121);

        assertEquals(List.of(new Trouble(Kind.SILENT, "sms", "", List.of(1000L))), found());
    }

    @Test
    void saysThatTheCoverageStallsOnlyOnceTheTimeHasPassed() {
        // The last of the curve's points is of second 89.
        now = SIGNED.plusSeconds(89).plus(Troubles.STALL).minusMillis(1);
        assertEquals(List.of(), found());

        now = now.plusMillis(1);
        assertEquals(List.of(new Trouble(Kind.STALLED, "", "", List.of(2L))), found());
    }

    @Test
    void prefersThatTheGoalCannotBeMetToAStall() {
        now = SIGNED.plusSeconds(3600);
        forecast = new Forecast(Forecast.State.UNATTAINABLE, null, null, null);

        assertEquals(List.of(new Trouble(Kind.UNATTAINABLE, "", "", List.of(95L))), found());
    }

    @Test
    void warnsOfTheEndInTime() {
        expires = now.plus(Troubles.SOON).plusSeconds(1);
        assertEquals(List.of(), found());

        expires = now.plus(Duration.ofSeconds(150));
        assertEquals(List.of(new Trouble(Kind.EXPIRES_SOON, "", "", List.of(2L))), found());

        expires = now.minusSeconds(5);
        assertEquals(List.of(new Trouble(Kind.EXPIRES_SOON, "", "", List.of(0L))), found());
    }

    @Test
    void countsTerminalsOfflineBeyondATwentieth() {
        wanted = Set.of("sms", "loudspeaker");
        links = List.of(UP, new LinkNow("horn", "loudspeaker", "horn", State.UP, 0, 0));
        sms = channel(new ChannelCounts(1000, 990, 980, 900, 10, 60, 20), 1, 2, 20, Map.of());
        terminals = List.of(new TerminalsNow("loudspeaker", 743, 700, true));
        assertEquals(List.of(Kind.NOBODY_ON_CHANNEL), kinds(), "no loudspeaker was planned, so none is missed");

        assertTrue(new TerminalsNow("screen", 100, 95, true).isHealthy());
        assertFalse(new TerminalsNow("screen", 100, 94, true).isHealthy());
        assertTrue(new TerminalsNow("screen", 100, 0, false).isHealthy(), "they connect elsewhere");
        assertEquals(0, new TerminalsNow("screen", 100, 0, false).offline());
    }

    @Test
    void namesTerminalsOfflineBeforeAnythingIsPlanned() {
        wanted = Set.of("loudspeaker");
        links = List.of(new LinkNow("horn", "loudspeaker", "horn", State.UP, 0, 0));
        terminals = List.of(new TerminalsNow("loudspeaker", 743, 700, true));

        List<Trouble> found =
                Troubles.of(new Troubles.Facts(null, wanted, true, false, false, null, links, terminals, now));

        assertEquals(List.of(new Trouble(Kind.TERMINALS_OFFLINE, "loudspeaker", "", List.of(43L, 743L))), found);
    }

    @Test
    void saysFirstThatItIsStoppedAndThenNothingOfAStall() {
        stopped = true;
        now = SIGNED.plusSeconds(3600);

        assertEquals(List.of(new Trouble(Kind.STOPPED, "", "", List.of(1L))), found());
    }

    @Test
    void findsNothingInAWarningThatIsOver() {
        sending = false;
        stopped = true;
        expires = now;
        links = List.of();

        assertEquals(List.of(), found());
    }

    private List<Kind> kinds() {
        return found().stream().map(Trouble::kind).toList();
    }

    private List<Trouble> found() {
        IssueSummary of = Summaries.of("i1", SIGNED, 30);
        IssueSummary summary = new IssueSummary(
                of.about(),
                of.asOf(),
                of.settled(),
                of.applies(),
                of.goal(),
                of.coverage(),
                of.designed(),
                of.dissemination(),
                of.terminals(),
                of.fromSignOff(),
                of.fromSent(),
                of.goalSeconds(),
                of.levels(),
                of.outside(),
                of.addressed(),
                of.reached(),
                of.possibleDoubles(),
                of.unreached(),
                List.of(sms),
                of.audiences(),
                of.townships(),
                of.villages(),
                of.villagesLeftOut(),
                of.townshipsLeftOut(),
                of.hours(),
                of.curve());
        return Troubles.of(new Troubles.Facts(
                new Reported(summary, forecast, ZoneOffset.ofHours(8)),
                wanted,
                sending,
                stopped,
                true,
                expires,
                links,
                terminals,
                now));
    }

    private static IssueSummary.Channel channel(
            ChannelCounts counts, int unsent, int unanswered, int awaiting, Map<String, Integer> failures) {
        return new IssueSummary.Channel("sms", false, counts, unsent, unanswered, awaiting, 0, failures, List.of());
    }
}
