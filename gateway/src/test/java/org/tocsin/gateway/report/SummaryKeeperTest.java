package org.tocsin.gateway.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.approval.AlertFacts;
import org.tocsin.gateway.approval.Sample;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.coverage.Count;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.coverage.TerminalCoverage;
import org.tocsin.gateway.receipt.EvidenceOf;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.registry.MemoryRegistryStore;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.MeasuredArea;

/** Two villages: a whole one where persons 0 to 99 live, and a cut one where 100 to 139 live, 140 to 159 somewhere. */
class SummaryKeeperTest {
    private static final Instant SIGNED = Sample.SENT.toInstant().plusSeconds(10);
    private static final RoaringBitmap NOBODY = new RoaringBitmap();
    private static final Goal GOAL = new Goal(0.9, "411426000000", LocalDate.of(2026, 1, 1), null);

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, IssueSummary> kept = new HashMap<>();
    private final Registry registry = Registry.open(new MemoryRegistryStore());
    private Instant now = SIGNED.plusSeconds(2);
    private @Nullable IssueEvidence evidence;
    private @Nullable Instant closed;
    private byte @Nullable [] sealed;
    private String headline = "暴雨";
    private boolean broken;
    private boolean unreadable;
    private boolean isPublic = true;
    private int version;

    @AfterEach
    void stop() {
        worker.shutdownNow();
    }

    @Test
    void tellsWhoWasNotReachedAndWhyEachOnce() {
        evidence = sms(range(0, 95));

        IssueSummary summary = live().summary();

        assertEquals(new IssueSummary.Unreached(45, 0, 0, 0, 0, 20, 0, 0), summary.unreached());
        assertEquals(150, summary.addressed());
        assertEquals(95, summary.reached());
    }

    @Test
    void computesAllIndicatorsOfTheSameEvidence() {
        evidence = new EvidenceOf("w1", ++version)
                .persons("sms", range(0, 150), range(0, 95), range(0, 5), range(0, 2))
                .terminals("loudspeaker", range(0, 2), RoaringBitmap.bitmapOf(1))
                .build();

        IssueSummary summary = live().summary();

        assertEquals(new Count(140, 95, 95, 115, 135), summary.coverage().rounded());
        assertEquals(new Count(140, 140, 140, 140, 140), summary.designed().rounded());
        assertEquals(new TerminalCoverage(2, 2, 1, 140, 40, 2, 1), summary.terminals());
        assertEquals(GOAL, summary.goal());
        assertEquals(2.0, summary.fromSignOff().firstSeconds());
        assertEquals(12.0, summary.fromSent().firstSeconds());
        assertEquals("11B03", summary.about().eventCode());
        assertEquals(1, summary.townships().size());
        assertEquals(summary.coverage(), summary.townships().get(0).figures());
        assertEquals(
                List.of("411426100001", "411426100002"),
                summary.villages().stream().map(IssueSummary.Village::code).toList());
        assertEquals(1, summary.villages().get(1).finished());
        IssueSummary.Link link = summary.channels().get(1).links().get(0);
        assertEquals("sms-1 by carrier", link.link() + " by " + link.provider());
        assertEquals(95, link.counts().delivered());
        assertEquals(150, summary.audiences().get(0).addressed());
        assertEquals(95, summary.audiences().get(0).reached());
    }

    @Test
    void ofAnotherAudienceItCountsThoseAddressed() {
        isPublic = false;
        evidence = sms(range(0, 95));

        Reported reported = live();

        assertFalse(reported.summary().applies());
        assertEquals(Forecast.UNKNOWN, reported.forecast());
        assertEquals(
                new IssueSummary.Unreached(55, 0, 0, 0, 0, 0, 0, 0),
                reported.summary().unreached());
        assertEquals(
                new Count(150, 95, 95, 95, 95),
                reported.summary().townships().get(0).figures().rounded());
        assertEquals(95, reported.summary().curve().get(0).lower());
    }

    @Test
    void keepsWhatHasChangedAndTriesAgainWhatFails() {
        evidence = sms(range(0, 10));
        SummaryKeeper keeper = keeper();
        broken = true;
        keeper.changed("w1");
        keeper.flush();
        assertEquals(Map.of(), kept);

        broken = false;
        keeper.flush();

        IssueSummary summary = Objects.requireNonNull(kept.get("w1"));
        assertEquals(10, summary.reached());
        assertFalse(summary.settled());
    }

    @Test
    void theCourseGoesOnAfterARestart() {
        evidence = sms(range(0, 10));
        SummaryKeeper first = keeper();
        first.changed("w1");
        first.flush();
        evidence = sms(range(0, 60));
        now = SIGNED.plusSeconds(4000);

        IssueSummary summary = keeper().report(warning()).orElseThrow().summary();

        assertEquals(
                List.of(2000L, 4_000_000L),
                summary.curve().stream().map(point -> point.millis()).toList());
        assertEquals(
                List.of(0, 1), summary.hours().stream().map(hour -> hour.hour()).toList());
    }

    @Test
    void aSettledReportStaysWhatItWas() {
        evidence = sms(range(0, 95));
        SummaryKeeper keeper = keeper();
        closed = SIGNED.plusSeconds(60);
        byte[] coverage = coverage();
        keeper.settle(warning(), Objects.requireNonNull(evidence), coverage);
        sealed = coverage;
        evidence = sms(range(0, 99));

        Reported reported = keeper.report(warning()).orElseThrow();

        assertTrue(reported.summary().settled());
        assertEquals(95, reported.summary().reached());
        assertEquals(closed, reported.summary().about().ended());
        assertEquals(Forecast.State.UNATTAINABLE, reported.forecast().state());
    }

    @Test
    void whatIsNotSealedIsNotFinalWhateverIsKept() {
        evidence = sms(range(0, 95));
        SummaryKeeper keeper = keeper();
        closed = SIGNED.plusSeconds(60);
        keeper.settle(warning(), Objects.requireNonNull(evidence), coverage());
        evidence = sms(range(0, 99));

        IssueSummary summary = keeper.report(warning()).orElseThrow().summary();

        assertFalse(summary.settled());
        assertEquals(99, summary.reached());
    }

    @Test
    void aLastSummaryThatCouldNotBeKeptStopsNothingAndIsMadeOfTheArchive() {
        evidence = sms(range(0, 95));
        SummaryKeeper keeper = keeper();
        closed = SIGNED.plusSeconds(60);
        sealed = coverage();
        broken = true;
        keeper.settle(warning(), Objects.requireNonNull(evidence), sealed);
        assertEquals(Map.of(), kept);

        broken = false;
        keeper.flush();

        assertTrue(Objects.requireNonNull(kept.get("w1")).settled());
    }

    @Test
    void aSummaryThatIsMadeOfTheArchiveHasTheGoalAndTheTimesThatWereSealed() {
        evidence = sms(range(0, 95));
        closed = SIGNED.plusSeconds(60);
        String text = new String(coverage(), UTF_8);
        sealed = text.replace("\"goal\":0.9", "\"goal\":0.5").getBytes(UTF_8);
        assertNotEquals(text, new String(sealed, UTF_8));
        now = SIGNED.plus(Duration.ofDays(3));

        Reported reported = keeper().report(warning()).orElseThrow();

        IssueSummary summary = reported.summary();
        assertTrue(summary.settled());
        assertEquals(0.5, summary.goal().share(), "not that of today");
        assertEquals(2.0, summary.fromSignOff().p50Seconds(), "not now");
        assertEquals(SIGNED.plusSeconds(2), summary.asOf());
        assertEquals(List.of(), summary.curve());
        assertEquals(Forecast.UNKNOWN, reported.forecast(), "nobody knows when it was met");
        assertTrue(Objects.requireNonNull(kept.get("w1")).settled());
    }

    @Test
    void aSummaryThatCannotBeReadIsMadeOfTheArchive() {
        evidence = sms(range(0, 95));
        closed = SIGNED.plusSeconds(60);
        sealed = coverage();
        unreadable = true;

        assertEquals(95, keeper().report(warning()).orElseThrow().summary().reached());
    }

    @Test
    void anEndedIssuesForecastGoesOnWithTheTime() {
        evidence = sms(range(0, 95));
        SummaryKeeper keeper = keeper();
        now = SIGNED.plusSeconds(60);
        keeper.report(warning());
        closed = SIGNED.plusSeconds(61);
        now = SIGNED.plus(Duration.ofHours(10));

        assertEquals(Forecast.UNKNOWN, keeper.report(warning()).orElseThrow().forecast(), "nothing came for hours");
    }

    @Test
    void personsOfACutVillageWithoutPositionAreNotThoseOfTheArea() {
        // 40 of 120 residents inside, by area; 10 persons are known to live there, of 60 it is not known where.
        Atom cut = new Atom(1, "411426100002", "two", 40, 120, true, 1 / 3.0, range(0, 10), range(10, 70));
        MeasuredArea area = new MeasuredArea("residents", true, List.of(cut), List.of());
        IssueEvidence known = new EvidenceOf("w1", 1)
                .persons("sms", range(0, 70), range(5, 20), NOBODY, NOBODY)
                .build();

        UnreachedPersons unreached = new UnreachedPersons(CoverageSubject.of(warning(), area), known);

        assertEquals(new IssueSummary.Unreached(5, 0, 0, 0, 10, 50, 20, 0), unreached.counts());
        assertEquals(40 - 5, unreached.counts().notConfirmed(), "all residents but those confirmed");
        assertEquals(range(0, 5), unreached.numbers(UnreachedPersons.Cause.NO_REPORT), "the list names those inside");
    }

    @Test
    void whoIsNotConfirmedAddsUpWhateverTheRegistryHas() {
        java.util.Random random = new java.util.Random(5);
        for (int round = 0; round < 200; round++) {
            int living = random.nextInt(40);
            int somewhere = random.nextInt(40);
            int village = 10 + random.nextInt(120);
            double share = 0.1 + 0.9 * random.nextDouble();
            boolean cut = random.nextBoolean();
            Atom atom = new Atom(
                    1,
                    "411426100002",
                    "two",
                    Atom.residents(village, cut ? share : 1),
                    village,
                    cut,
                    cut ? share : 1,
                    range(0, living),
                    cut ? range(living, living + somewhere) : NOBODY);
            MeasuredArea area = new MeasuredArea("residents", true, List.of(atom), List.of());
            int hits = random.nextInt(living + somewhere + 1);
            IssueEvidence known = new EvidenceOf("w1", 1)
                    .persons("sms", range(0, living + somewhere), range(0, hits), NOBODY, NOBODY)
                    .build();

            IssueSummary.Unreached told = new UnreachedPersons(CoverageSubject.of(warning(), area), known).counts();

            int confirmed = Math.min(atom.residents(), Math.min(living, hits));
            assertEquals(atom.residents() - confirmed, told.notConfirmed(), told + " of " + atom);
        }
    }

    @Test
    void longTextsAreCutSoThatTheSummaryFits() {
        evidence = sms(range(0, 95));
        // Half of the last pair would be no text.
        headline = "𠮷".repeat(50_000);

        IssueSummary summary = live().summary();

        assertTrue(summary.about().headline().length() <= 300, summary.about().headline());
        assertEquals(summary, SummaryJson.read(SummaryJson.write(SummaryJson.fitted(summary))));
    }

    @Test
    void forecastsOnlyWhatCanStillArrive() {
        // 126 are wanted; 95 are there, and 45 of those asked are out: 140 can be had.
        evidence = sms(range(0, 95));
        assertEquals(Forecast.State.EXPECTED, live().forecast().state());

        evidence = new EvidenceOf("w1", ++version)
                .persons("sms", range(0, 120), range(0, 95), NOBODY, NOBODY)
                .build();
        assertEquals(Forecast.State.UNATTAINABLE, live().forecast().state());
    }

    @Test
    void writesTheReportForTheApi() throws Exception {
        evidence = sms(range(0, 95));

        JsonNode json = new JsonMapper().readTree(ReportJson.write(live()));

        assertEquals("missed", json.at("/coverage/verdict").asText());
        assertEquals(140, json.at("/coverage/residents").asInt());
        assertEquals(45, json.at("/unreached/noReport").asInt());
        assertEquals(20, json.at("/unreached/positionUnknown").asInt());
        assertEquals("expected", json.at("/forecast/state").asText());
        assertEquals("2026-07-20T08:00:12+08:00", json.at("/asOf").asText());
        assertEquals("411426100001", json.at("/villages/0/code").asText());
        assertEquals(95, json.at("/hours/0/gained").asInt());
        assertTrue(json.at("/issue/ended").isNull());
    }

    /** The coverage as it is sealed: of the evidence now. */
    private byte[] coverage() {
        return new CoverageReport(ZoneOffset.UTC)
                .json(tracker().now("w1").orElseThrow())
                .toString()
                .getBytes(UTF_8);
    }

    private Reported live() {
        return keeper().report(warning()).orElseThrow();
    }

    private IssueEvidence sms(RoaringBitmap delivered) {
        return new EvidenceOf("w1", ++version)
                .persons("sms", range(0, 150), delivered, NOBODY, NOBODY)
                .build();
    }

    private SummaryKeeper keeper() {
        if (registry.people().size() == 0) {
            try (RegistryWriter writer = registry.writer()) {
                new SyntheticCounty(1, 10_000, 0.9).writeTo(writer);
            }
        }
        return new SummaryKeeper(
                tracker(),
                issue -> Optional.of(warning()),
                issue -> Optional.ofNullable(sealed),
                new SummaryMaker(
                        registry::view, link -> "carrier", AlertFacts.byCodes(Set.of(), Set.of(), area -> Set.of())),
                store(),
                Duration.ofDays(2),
                () -> now,
                ZoneOffset.ofHours(8));
    }

    private CoverageTracker tracker() {
        return new CoverageTracker(
                issue -> Optional.of(CoverageSubject.of(warning(), area())),
                issue -> Optional.ofNullable(evidence),
                TimelineMemory.FORGETFUL,
                () -> now,
                worker,
                subject -> GOAL,
                (issue, goal) -> goal,
                issue -> Optional.ofNullable(kept.get(issue))
                        .map(summary -> new Course(summary.curve(), summary.hours()))
                        .orElse(Course.NONE));
    }

    private SummaryStore store() {
        return new SummaryStore() {
            @Override
            public boolean put(IssueSummary summary) {
                if (broken) {
                    throw new IllegalStateException("the store is away");
                }
                IssueSummary before = kept.get(summary.about().issue());
                if (before != null && before.settled()) {
                    return false;
                }
                kept.put(summary.about().issue(), SummaryJson.read(SummaryJson.write(summary)));
                return true;
            }

            @Override
            public Optional<IssueSummary> find(String issue) {
                if (unreadable) {
                    throw new SummaryJson.Unreadable("damaged", new IllegalStateException());
                }
                return Optional.ofNullable(kept.get(issue));
            }

            @Override
            public Page list(Query query) {
                return new Page(List.copyOf(kept.values()), null);
            }
        };
    }

    private MeasuredArea area() {
        Atom whole = new Atom(0, "411426100001", "one", 100, 100, false, 1, range(0, 100), NOBODY);
        Atom cut = new Atom(1, "411426100002", "two", 40, 60, true, 2 / 3.0, range(100, 140), range(140, 160));
        return new MeasuredArea(
                isPublic ? "residents" : "officers",
                isPublic,
                List.of(whole, cut),
                List.of(new MeasuredArea.Serving(0, 0, 50), new MeasuredArea.Serving(1, 1, 60)));
    }

    private Warning warning() {
        return Summaries.warning("w1", SIGNED, closed, headline);
    }

    private static RoaringBitmap range(int from, int to) {
        return RoaringBitmap.bitmapOfRange(from, to);
    }
}
