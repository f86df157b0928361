package org.tocsin.gateway.report.period;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.AnswerRate;
import org.tocsin.gateway.coverage.Count;
import org.tocsin.gateway.coverage.Verdict;

/** Writes a period's report as JSON. Any thread. */
public final class PeriodJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ZoneId zone;

    /** Writes times with the offset of a zone. */
    public PeriodJson(ZoneId zone) {
        this.zone = zone;
    }

    /** The report. What the field names mean, docs/reports.md says. */
    public ObjectNode json(PeriodReport report) {
        ObjectNode json = JSON.objectNode();
        json.put("from", report.query().period().from().toString())
                .put("to", report.query().period().to().toString())
                .put("zone", zone.getId())
                .put("asOf", time(report.asOf()))
                .put("final", report.isFinal(report.asOf().atZone(zone).toLocalDate()));
        ObjectNode filters = json.putObject("filters");
        report.query().parameters().forEach((name, value) -> {
            if (!name.equals("from") && !name.equals("to")) {
                filters.put(name, value);
            }
        });
        json.set("total", figures(report.total()));
        json.put("cancels", report.cancels()).put("otherAudiences", report.otherAudiences());
        ArrayNode unreadable = json.putArray("unreadable");
        report.unreadable().forEach(unreadable::add);
        ArrayNode goals = json.putArray("goals");
        report.goals()
                .forEach((goal, issues) -> goals.addObject().put("goal", goal).put("issues", issues));
        json.set("levels", groups(report.levels()));
        json.set("hazards", groups(report.hazards()));
        json.set("issuers", groups(report.issuers()));
        json.set("months", groups(report.months()));
        ArrayNode townships = json.putArray("townships");
        report.townships().forEach(row -> townships.add(ranked(row)));
        ArrayNode channels = json.putArray("channels");
        report.channels().forEach(row -> channels.add(channel(row)));
        json.set("issues", issues(report.issues()));
        json.set("drills", figures(report.drills()));
        json.set("drillIssues", issues(report.drillIssues()));
        return json;
    }

    private static ArrayNode groups(List<PeriodReport.Group> groups) {
        ArrayNode rows = JSON.arrayNode();
        groups.forEach(group -> {
            ObjectNode row = JSON.objectNode().put("key", group.key()).put("name", group.name());
            row.setAll(figures(group.figures()));
            rows.add(row);
        });
        return rows;
    }

    private static ObjectNode figures(GroupFigures group) {
        ObjectNode json = JSON.objectNode()
                .put("issues", group.issues())
                .put("alerts", group.alerts())
                .put("updates", group.updates())
                .put("measured", group.measured())
                .put("met", group.met())
                .put("likely", group.likely())
                .put("missed", group.missed())
                .put("open", group.open());
        Count sums = group.sum().rounded();
        json.putObject("sums")
                .put("residents", sums.residents())
                .put("confirmed", sums.confirmed())
                .put("lower", sums.lower())
                .put("estimate", sums.estimate())
                .put("upper", sums.upper());
        ObjectNode weighted = json.putObject("weightedByResidents");
        put(weighted, "confirmed", group.weightedConfirmed());
        put(weighted, "lower", group.weightedLower());
        put(weighted, "estimate", group.weightedEstimate());
        put(weighted, "upper", group.weightedUpper());
        put(weighted, "goal", group.weightedGoal());
        weighted.put("verdict", word(group.verdict()));
        ObjectNode mean = json.putObject("unweightedMean");
        put(mean, "confirmed", group.meanConfirmed());
        put(mean, "lower", group.meanLower());
        put(mean, "estimate", group.meanEstimate());
        json.putObject("dissemination").put("villages", group.villages()).put("delivered", group.delivered());
        json.putObject("answers")
                .put("addressed", group.responsible())
                .put("answered", group.answered())
                .put("share", group.answerShare())
                .put("noShare", group.responsible() > 0 ? null : AnswerRate.NOBODY_ASKED);
        ObjectNode medians = json.putObject("medianSeconds");
        put(medians, "signOffToFirst", group.firstSeconds());
        put(medians, "signOffTo50", group.p50Seconds());
        put(medians, "signOffTo90", group.p90Seconds());
        put(medians, "sentToFirst", group.sentFirstSeconds());
        put(medians, "sentTo90", group.sentP90Seconds());
        return json;
    }

    private static ObjectNode ranked(PeriodReport.Ranked row) {
        Count sums = row.sum().rounded();
        return JSON.objectNode()
                .put("rank", row.rank())
                .put("code", row.code())
                .put("name", row.name())
                .put("issues", row.issues())
                .put("residents", sums.residents())
                .put("confirmed", sums.confirmed())
                .put("lower", sums.lower())
                .put("estimate", sums.estimate())
                .put("upper", sums.upper())
                .put("weightedLower", row.weightedLower())
                .put("unweightedMeanLower", row.meanLower())
                .put("villages", row.villages())
                .put("delivered", row.delivered());
    }

    private static ObjectNode channel(PeriodReport.ChannelSum row) {
        ObjectNode json = JSON.objectNode()
                .put("name", row.name())
                .put("counts", row.ofTerminals() ? "terminals" : "persons")
                .put("issues", row.issues())
                .put("planned", row.planned())
                .put("accepted", row.accepted())
                .put("delivered", row.delivered())
                .put("failed", row.failed())
                .put("noReport", row.noReport());
        ObjectNode failures = json.putObject("failures");
        row.failures().forEach(failures::put);
        return json;
    }

    private ArrayNode issues(List<PeriodReport.Issue> issues) {
        ArrayNode rows = JSON.arrayNode();
        issues.forEach(issue -> rows.add(issue(issue)));
        return rows;
    }

    private ObjectNode issue(PeriodReport.Issue issue) {
        ObjectNode json = JSON.objectNode()
                .put("id", issue.issue())
                .put("msgType", issue.msgType().word())
                .put("status", issue.status().word())
                .put("headline", issue.headline())
                .put("eventCode", issue.eventCode())
                .put("event", issue.event())
                .put("level", issue.level().name())
                .put("sender", issue.sender())
                .put("sent", time(issue.sent()))
                .put("signed", time(issue.signed()))
                .put("measured", issue.measured());
        Count count = issue.figures().rounded();
        for (String field : List.of("residents", "confirmed", "lower", "estimate", "upper")) {
            json.putNull(field);
        }
        if (issue.measured()) {
            json.put("residents", count.residents())
                    .put("confirmed", count.confirmed())
                    .put("lower", count.lower())
                    .put("estimate", count.estimate())
                    .put("upper", count.upper());
        }
        json.put("goal", issue.goal())
                .put("verdict", word(issue.verdict()))
                .put("addressed", issue.addressed())
                .put("reached", issue.reached());
        put(json, "firstSeconds", issue.firstSeconds());
        put(json, "p50Seconds", issue.p50Seconds());
        put(json, "p90Seconds", issue.p90Seconds());
        return json.put("settled", issue.settled());
    }

    private String time(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.MILLIS).atZone(zone));
    }

    private static @Nullable String word(@Nullable Verdict verdict) {
        return verdict == null ? null : verdict.word();
    }

    private static void put(ObjectNode json, String field, @Nullable Double value) {
        if (value == null) {
            json.putNull(field);
        } else {
            json.put(field, value);
        }
    }
}
