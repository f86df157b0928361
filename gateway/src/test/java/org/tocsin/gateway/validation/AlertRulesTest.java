package org.tocsin.gateway.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Polygon;
import org.tocsin.alert.Position;
import org.tocsin.alert.Reference;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;

/** What is valid CAP and yet cannot be taken. */
class AlertRulesTest {
    private static final OffsetDateTime SENT = OffsetDateTime.parse("2026-07-20T08:00:00+08:00");
    private static final Instant NOW = SENT.plusMinutes(1).toInstant();
    private static final Area COUNTY = area("411426000000");

    private static final AreaKnowledge PLACES = alert -> {
        List<Problem> problems = new ArrayList<>();
        List<Content> contents = Content.of(alert);
        for (int content = 0; content < contents.size(); content++) {
            List<Area> areas = contents.get(content).areas();
            for (int area = 0; area < areas.size(); area++) {
                String code = areas.get(area).areaDesc();
                if (!code.equals("411426000000")) {
                    problems.add(new Problem(
                            AreaKnowledge.place(alert, content, area),
                            code.equals("411426999999") ? AreaKnowledge.EMPTY_TARGET : AreaKnowledge.UNKNOWN_DIVISION,
                            code));
                }
            }
        }
        return problems;
    };
    private static final KnownIssues ISSUES =
            reference -> reference.identifier().equals("first") ? Set.of("s") : Set.of();

    private static Area area(String code) {
        return new Area(code, List.of(), List.of(), List.of(new NamedValue("CPEAS Geographic Code", code)), null, null);
    }

    private static Info info(
            Severity severity, List<NamedValue> codes, @Nullable OffsetDateTime expires, List<Area> areas) {
        return new Info(
                "zh-CN",
                List.of(Category.MET),
                "暴雨",
                List.of(),
                Urgency.IMMEDIATE,
                severity,
                Certainty.OBSERVED,
                null,
                codes,
                null,
                null,
                expires,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                areas);
    }

    private static Info rain(List<Area> areas) {
        return info(Severity.EXTREME, event("11B03"), SENT.plusHours(12), areas);
    }

    private static List<NamedValue> event(String code) {
        return List.of(new NamedValue("EventCode", code));
    }

    private static Alert alert(
            OffsetDateTime sent,
            Status status,
            MsgType msgType,
            Scope scope,
            List<Reference> references,
            List<Info> infos) {
        return new Alert(
                "a-1",
                "s",
                sent,
                status,
                msgType,
                null,
                scope,
                null,
                List.of(),
                List.of(),
                null,
                references,
                List.of(),
                infos);
    }

    private static Alert alert(Info... infos) {
        return alert(SENT, Status.ACTUAL, MsgType.ALERT, Scope.PUBLIC, List.of(), List.of(infos));
    }

    private static List<String> told(Alert alert) {
        return told(alert, ValidationSettings.STANDARD);
    }

    private static List<String> told(Alert alert, ValidationSettings settings) {
        return new AlertRules(settings, EventTypes.standard(), PLACES, ISSUES)
                .check(alert, NOW).stream()
                        .map(problem -> problem.code() + " " + problem.path())
                        .toList();
    }

    @Test
    void aGoodWarningPasses() {
        assertEquals(List.of(), told(alert(rain(List.of(COUNTY)))));
        assertEquals(List.of(), told(alert(info(Severity.MINOR, event("11B20"), null, List.of(COUNTY)))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"EXERCISE", "TEST"})
    void exercisesAndTestsPass(Status status) {
        assertEquals(
                List.of(),
                told(alert(SENT, status, MsgType.ALERT, Scope.PUBLIC, List.of(), List.of(rain(List.of(COUNTY))))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"DRAFT", "SYSTEM"})
    void draftsAndSystemMessagesAreRefused(Status status) {
        assertEquals(
                List.of("status-not-taken /alert/status"),
                told(alert(SENT, status, MsgType.ALERT, Scope.PUBLIC, List.of(), List.of(rain(List.of(COUNTY))))));
    }

    @ParameterizedTest
    @EnumSource(
            value = MsgType.class,
            names = {"ACK", "ERROR"})
    void acknowledgementsAndErrorsAreRefused(MsgType msgType) {
        assertEquals(
                List.of("msg-type-not-taken /alert/msgType"),
                told(alert(SENT, Status.ACTUAL, msgType, Scope.PUBLIC, List.of(), List.of(rain(List.of(COUNTY))))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Scope.class,
            names = {"RESTRICTED", "PRIVATE"})
    void whatIsNotPublicIsRefused(Scope scope) {
        assertEquals(
                List.of("scope-not-public /alert/scope"),
                told(alert(SENT, Status.ACTUAL, MsgType.ALERT, scope, List.of(), List.of(rain(List.of(COUNTY))))));
    }

    @Test
    void sentMayLieAtMostTheToleranceInTheFuture() {
        OffsetDateTime latest = OffsetDateTime.ofInstant(NOW, SENT.getOffset()).plusMinutes(5);
        List<Info> infos = List.of(rain(List.of(COUNTY)));
        assertEquals(List.of(), told(alert(latest, Status.ACTUAL, MsgType.ALERT, Scope.PUBLIC, List.of(), infos)));
        assertEquals(
                List.of("sent-in-future /alert/sent"),
                told(alert(latest.plusSeconds(1), Status.ACTUAL, MsgType.ALERT, Scope.PUBLIC, List.of(), infos)));
    }

    @Test
    void expiryMustLieAhead() {
        OffsetDateTime now = OffsetDateTime.ofInstant(NOW, SENT.getOffset());
        assertEquals(
                List.of("expired /alert/info[1]/expires"),
                told(alert(info(Severity.EXTREME, event("11B03"), now, List.of(COUNTY)))));
        assertEquals(
                List.of(), told(alert(info(Severity.EXTREME, event("11B03"), now.plusSeconds(1), List.of(COUNTY)))));
    }

    @Test
    void severityMustBeKnown() {
        assertEquals(
                List.of("severity-unknown /alert/info[2]/severity"),
                told(alert(
                        rain(List.of(COUNTY)),
                        info(Severity.UNKNOWN, event("11B03"), SENT.plusHours(1), List.of(COUNTY)))));
    }

    @Test
    void eventMustBeInTheTableUnderAnAcceptedName() {
        Info unknown = info(Severity.EXTREME, event("99X99"), SENT.plusHours(1), List.of(COUNTY));
        assertEquals(List.of("unknown-event /alert/info[1]/eventCode"), told(alert(unknown)));
        Info none = info(Severity.EXTREME, List.of(), SENT.plusHours(1), List.of(COUNTY));
        assertEquals(List.of("unknown-event /alert/info[1]/eventCode"), told(alert(none)));
        ValidationSettings named = new ValidationSettings(Duration.ofMinutes(5), Set.of("GB/T 35561"), Limits.STANDARD);
        assertEquals(List.of("unknown-event /alert/info[1]/eventCode"), told(alert(rain(List.of(COUNTY))), named));
        Info both = info(
                Severity.EXTREME,
                List.of(new NamedValue("SAME", "FFW"), new NamedValue("gb/t 35561", "11B03")),
                SENT.plusHours(1),
                List.of(COUNTY));
        assertEquals(List.of(), told(alert(both), named));
        assertEquals(List.of(), told(alert(both)));
    }

    @Test
    void areaMustBeKnownAndLivedIn() {
        assertEquals(
                List.of("empty-target /alert/info[1]/area[2]", "unknown-division /alert/info[1]/area[3]"),
                told(alert(rain(List.of(COUNTY, area("411426999999"), area("110000000000"))))));
    }

    @Test
    void anAreaInWordsAloneIsNeverTheWholeCounty() {
        Area words = new Area("411426000000", List.of(), List.of(), List.of(), null, null);
        assertEquals(List.of("area-invalid /alert/info[1]/area[1]"), told(alert(rain(List.of(words)))));
        assertEquals(List.of("area-missing /alert/info[1]/area"), told(alert(rain(List.of()))));
    }

    @Test
    void anAlertWithoutInfoSaysNothing() {
        assertEquals(List.of("no-info /alert/info"), told(alert()));
    }

    @ParameterizedTest
    @EnumSource(
            value = MsgType.class,
            names = {"UPDATE", "CANCEL"})
    void followersMustNameAKnownWarning(MsgType msgType) {
        List<Info> infos = List.of(rain(List.of(COUNTY)));
        assertEquals(
                List.of("references-missing /alert/references"),
                told(alert(SENT, Status.ACTUAL, msgType, Scope.PUBLIC, List.of(), infos)));
        assertEquals(
                List.of("references-unknown /alert/references"),
                told(alert(SENT, Status.ACTUAL, msgType, Scope.PUBLIC, List.of(new Reference("s", "x", SENT)), infos)));
        assertEquals(
                List.of(),
                told(alert(
                        SENT,
                        Status.ACTUAL,
                        msgType,
                        Scope.PUBLIC,
                        List.of(new Reference("s", "x", SENT), new Reference(null, "first", null)),
                        infos)));
    }

    @Test
    void aCancelNeedsNoInfo() {
        assertEquals(
                List.of(),
                told(alert(
                        SENT,
                        Status.ACTUAL,
                        MsgType.CANCEL,
                        Scope.PUBLIC,
                        List.of(new Reference(null, "first", null)),
                        List.of())));
    }

    @Test
    void allProblemsAreToldAtOnce() {
        Info bad = info(Severity.UNKNOWN, event("99X99"), SENT.minusDays(1), List.of(area("110000000000")));
        assertEquals(
                List.of(
                        "sent-in-future /alert/sent",
                        "status-not-taken /alert/status",
                        "scope-not-public /alert/scope",
                        "references-missing /alert/references",
                        "severity-unknown /alert/info[1]/severity",
                        "unknown-event /alert/info[1]/eventCode",
                        "expired /alert/info[1]/expires",
                        "unknown-division /alert/info[1]/area[1]"),
                told(alert(SENT.plusDays(1), Status.DRAFT, MsgType.UPDATE, Scope.PRIVATE, List.of(), List.of(bad))));
    }

    @Test
    void limitsHoldToTheLast() {
        assertEquals(List.of(), told(alert(rain(Collections.nCopies(200, COUNTY)))));
        assertEquals(List.of("too-many-areas /alert"), told(alert(rain(Collections.nCopies(201, COUNTY)))));
        assertEquals(List.of(), told(alert(rain(List.of(drawn(1_000, 200))))));
        assertEquals(List.of("too-many-polygons /alert"), told(alert(rain(List.of(drawn(1_001, 4))))));
        assertEquals(List.of("too-many-points /alert"), told(alert(rain(List.of(drawn(1, 200_001))))));
    }

    private static Area drawn(int polygons, int points) {
        List<Position> ring = new ArrayList<>(Collections.nCopies(points, new Position(34, 116)));
        return new Area(
                "411426000000", Collections.nCopies(polygons, new Polygon(ring)), List.of(), List.of(), null, null);
    }
}
