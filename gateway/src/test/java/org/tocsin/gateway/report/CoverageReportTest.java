package org.tocsin.gateway.report;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Status;
import org.tocsin.gateway.coverage.Audibility;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.receipt.EvidenceOf;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.MeasuredArea;

class CoverageReportTest {
    private static final Instant SIGNED = Instant.parse("2026-07-21T00:30:10Z");
    private static final RoaringBitmap NOBODY = new RoaringBitmap();

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, TimelineMemory.Marks> kept = new HashMap<>();
    private final Map<String, CoverageSubject> subjects = new HashMap<>();
    private volatile Instant now = SIGNED.plusSeconds(2);
    private GoalMemory goals = (issue, goal) -> goal;
    private volatile @Nullable IssueEvidence evidence;

    @AfterEach
    void stop() {
        worker.shutdownNow();
    }

    @Test
    void writesTheContractsFieldsFromReceipts() {
        CoverageTracker tracker = tracker();
        track(subject(true, Status.ACTUAL));
        evidence = new EvidenceOf("w1", 1)
                .persons("sms", range(0, 200), with(range(0, 95), 150, 151, 500), range(0, 5), range(0, 2))
                .persons("app", range(0, 50), range(90, 99), NOBODY, NOBODY)
                .terminals("loudspeaker", range(0, 2), RoaringBitmap.bitmapOf(1))
                .build();

        JsonNode json =
                new CoverageReport(ZoneOffset.ofHours(8)).json(tracker.now("w1").orElseThrow());

        assertEquals(
                List.of(
                        "residents",
                        "confirmed",
                        "lower",
                        "estimate",
                        "upper",
                        "goal",
                        "verdict",
                        "percent",
                        "dissemination",
                        "timeliness",
                        "channels",
                        "asOf",
                        "applies",
                        "outside",
                        "evidenceLevels",
                        "audience",
                        "divisions"),
                fields(json));
        assertEquals(140, json.get("residents").asInt());
        assertEquals(99, json.get("confirmed").asInt(), "each person once; not those without a position");
        assertEquals(99, json.get("lower").asInt());
        assertEquals(139, json.get("upper").asInt(), "the loudspeaker can have reached the rest of village 2");
        assertEquals("missed", json.get("verdict").asText());
        assertEquals(70.7, json.get("percent").get("lower").asDouble(), "99 / 140 = 70.71…");
        assertEquals(99.3, json.get("percent").get("upper").asDouble(), "139 / 140 = 99.28…, cut up");
        assertEquals(
                "{\"villages\":2,\"delivered\":2}", json.get("dissemination").toString());
        assertEquals(
                "{\"planned\":200,\"submitted\":200,\"accepted\":200,\"delivered\":98,\"acknowledged\":5,\"failed\":0,"
                        + "\"noReport\":103}",
                json.get("channels").get("sms").toString());
        assertEquals("2026-07-21T08:30:12+08:00", json.get("asOf").asText());
        assertEquals(1, json.get("outside").asInt());
        assertEquals(
                "{\"delivered\":102,\"shown\":5,\"answered\":2}",
                json.get("evidenceLevels").toString());
        assertEquals(
                "{\"firstSeconds\":2.0,\"p50Seconds\":2.0,\"p90Seconds\":null,\"sentToSignOffSeconds\":10.0}",
                json.get("timeliness").toString());
        JsonNode cut = json.get("divisions").get(1);
        assertEquals("411426100002", cut.get("code").asText());
        assertTrue(cut.get("cut").asBoolean());
        assertEquals(0, cut.get("confirmed").asInt());
        assertEquals(40, cut.get("upper").asInt());
    }

    @Test
    void doesNotApplyThePublicIndicatorToAnotherAudience() {
        CoverageTracker tracker = tracker();
        track(subject(false, Status.ACTUAL));
        evidence = new EvidenceOf("w1", 1)
                .persons("sms", range(0, 10), range(0, 9), NOBODY, NOBODY)
                .build();

        JsonNode json =
                new CoverageReport(ZoneOffset.UTC).json(tracker.now("w1").orElseThrow());

        assertTrue(json.get("residents").isNull() && json.get("verdict").isNull());
        assertFalse(json.get("applies").asBoolean());
        assertEquals(
                "{\"name\":\"officers\",\"addressed\":10,\"reached\":9,\"share\":0.9}",
                json.get("audience").toString());
        assertEquals(2.0, json.get("timeliness").get("p90Seconds").asDouble());
        assertEquals(0, json.get("divisions").size());
    }

    @Test
    void doesNotApplyThePublicIndicatorToAnExercise() {
        CoverageTracker tracker = tracker();
        track(subject(true, Status.EXERCISE));

        assertFalse(tracker.now("w1").orElseThrow().subject().isPublic());
    }

    @Test
    void tellsNewCoverageSoonAndNotForEachChange() {
        CoverageTracker tracker = tracker();
        List<CoverageSnapshot> told = new CopyOnWriteArrayList<>();
        tracker.onChange(told::add);
        track(subject(true, Status.ACTUAL));
        for (int change = 1; change <= 100; change++) {
            evidence = new EvidenceOf("w1", change)
                    .persons("sms", range(0, 100), range(0, change), NOBODY, NOBODY)
                    .build();
            tracker.changed("w1");
        }

        await().atMost(Duration.ofSeconds(5))
                .until(() -> !told.isEmpty() && told.get(told.size() - 1).version() == 100);
        assertTrue(told.size() <= 5, () -> "told " + told.size());
        assertEquals(Optional.empty(), tracker.now("unknown"));
    }

    @Test
    void letsGoOfASealedIssueWhosePlanIsGone() {
        CoverageTracker tracker = tracker();
        track(subject(true, Status.ACTUAL));
        assertTrue(tracker.told("w1").isPresent());
        subjects.remove("w1");
        assertTrue(tracker.told("w1").isPresent(), "it is at hand");

        tracker.forget("w1");

        assertEquals(Optional.empty(), tracker.told("w1"));
    }

    @Test
    void keepsTheFirstTimesOverARestart() {
        track(subject(true, Status.ACTUAL));
        evidence = new EvidenceOf("w1", 5)
                .persons("sms", range(0, 100), range(0, 72), NOBODY, NOBODY)
                .build();
        CoverageTracker first = tracker();
        track(subject(true, Status.ACTUAL));
        first.now("w1");
        now = SIGNED.plusSeconds(100);
        CoverageTracker second = tracker();
        track(subject(true, Status.ACTUAL));

        assertEquals(2.0, second.now("w1").orElseThrow().timeliness().p50Seconds());
        assertNotNull(kept.get("w1"));
    }

    @Test
    void aGoalThatCouldNotBeKeptIsKeptAgainAndNothingIsPackedWithoutIt() {
        goals = (issue, goal) -> {
            throw new IllegalStateException("the store is away");
        };
        CoverageTracker tracker = new CoverageTracker(
                issue -> Optional.ofNullable(subjects.get(issue)),
                issue -> Optional.ofNullable(evidence),
                TimelineMemory.FORGETFUL,
                () -> now,
                worker,
                subject -> Goal.otherwise(0.9),
                (issue, goal) -> goals.keep(issue, goal),
                issue -> Course.NONE);
        CoverageSubject subject = subject(true, Status.ACTUAL);
        track(subject);
        evidence = new EvidenceOf("w1", 1)
                .persons("sms", range(0, 140), range(0, 120), NOBODY, NOBODY)
                .build();

        assertEquals(0.9, tracker.now("w1").orElseThrow().goal().share(), "that of the settings meanwhile");
        assertThrows(
                IllegalStateException.class,
                () -> tracker.from(subject, tracker.measured("w1").orElseThrow().evidence()));
        assertNull(tracker.measured("w1").orElseThrow().goalSeconds(), "no time for what may be another goal");

        goals = (issue, goal) -> Goal.otherwise(0.8);
        now = SIGNED.plusSeconds(3);
        Measured measured = tracker.measured("w1").orElseThrow();

        assertEquals(0.8, measured.snapshot().goal().share(), "that which is kept");
        assertEquals(3.0, measured.goalSeconds());
    }

    @Test
    void keepsWhenTheGoalWasMet() {
        track(subject(true, Status.ACTUAL));
        evidence = new EvidenceOf("w1", 1)
                .persons("sms", range(0, 140), range(0, 126), NOBODY, NOBODY)
                .build();
        tracker().now("w1");
        now = SIGNED.plusSeconds(60);
        evidence = new EvidenceOf("w1", 2)
                .persons("sms", range(0, 140), range(0, 130), NOBODY, NOBODY)
                .build();

        assertEquals(2.0, tracker().measured("w1").orElseThrow().goalSeconds(), "not when it was seen again");
    }

    @Test
    void doesNotApplyThePublicIndicatorWhereNobodyLives() {
        CoverageTracker tracker = tracker();
        Atom empty = new Atom(0, "411426100001", "one", 0, 0, false, 1, range(0, 100), NOBODY);
        track(new CoverageSubject(
                "w1",
                Status.ACTUAL,
                SIGNED.minusSeconds(10),
                SIGNED,
                new MeasuredArea("residents", true, List.of(empty), List.of()),
                terminal -> Audibility.UNSURVEYED));

        JsonNode json =
                new CoverageReport(ZoneOffset.UTC).json(tracker.now("w1").orElseThrow());

        assertTrue(json.get("verdict").isNull(), "nobody is not everybody");
        assertFalse(json.get("applies").asBoolean());
    }

    private void track(CoverageSubject subject) {
        subjects.put(subject.issue(), subject);
    }

    private CoverageTracker tracker() {
        TimelineMemory memory = new TimelineMemory() {
            @Override
            public Marks recall(String issue) {
                return kept.getOrDefault(issue, Marks.NONE);
            }

            @Override
            public void keep(String issue, Marks marks) {
                kept.put(issue, marks);
            }
        };
        return new CoverageTracker(
                issue -> Optional.ofNullable(subjects.get(issue)),
                issue -> Optional.ofNullable(evidence),
                memory,
                () -> now,
                worker,
                subject -> Goal.otherwise(0.9),
                goals,
                issue -> Course.NONE);
    }

    /**
     * Two villages: a whole one where persons 0 to 99 live, and a cut one where 100 to 139 live, 140 to 159 somewhere.
     */
    private static CoverageSubject subject(boolean isPublic, Status status) {
        Atom whole = new Atom(0, "411426100001", "one", 100, 100, false, 1, range(0, 100), NOBODY);
        Atom cut = new Atom(1, "411426100002", "two", 40, 60, true, 2 / 3.0, range(100, 140), range(140, 160));
        MeasuredArea area = new MeasuredArea(
                isPublic ? "residents" : "officers",
                isPublic,
                List.of(whole, cut),
                List.of(new MeasuredArea.Serving(0, 0, 50), new MeasuredArea.Serving(1, 1, 60)));
        return new CoverageSubject(
                "w1", status, SIGNED.minusSeconds(10), SIGNED, area, terminal -> Audibility.UNSURVEYED);
    }

    private static RoaringBitmap range(int from, int to) {
        return RoaringBitmap.bitmapOfRange(from, to);
    }

    private static RoaringBitmap with(RoaringBitmap bitmap, int... more) {
        bitmap.add(more);
        return bitmap;
    }

    private static List<String> fields(JsonNode json) {
        List<String> names = new java.util.ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
