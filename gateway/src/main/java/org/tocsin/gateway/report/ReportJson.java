package org.tocsin.gateway.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Count;
import org.tocsin.gateway.coverage.Curve;
import org.tocsin.gateway.coverage.CurvePoint;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.coverage.TerminalCoverage;
import org.tocsin.gateway.coverage.Timeline;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.receipt.ChannelCounts;

/** Writes the report of one issue in the contract's JSON, persons rounded once. */
public final class ReportJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final IssueSummary summary;
    private final Forecast forecast;
    private final ZoneId zone;

    private ReportJson(Reported reported) {
        this.summary = reported.summary();
        this.forecast = reported.forecast();
        this.zone = reported.zone();
    }

    /** The report as UTF-8. */
    public static byte[] write(Reported reported) {
        try {
            return MAPPER.writeValueAsBytes(new ReportJson(reported).json());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ObjectNode json() {
        ObjectNode json = JSON.objectNode();
        json.set("issue", issue());
        json.put("asOf", time(summary.asOf()));
        json.put("settled", summary.settled());
        json.put("drill", summary.isDrill());
        json.put("applies", summary.applies());
        json.set("goal", goal(summary.goal()));
        json.set("coverage", summary.applies() ? coverage() : JSON.nullNode());
        json.set("designed", summary.applies() ? figures(summary.designed()) : JSON.nullNode());
        json.putObject("dissemination")
                .put("villages", summary.dissemination().villages())
                .put("delivered", summary.dissemination().delivered())
                .put("share", summary.dissemination().share());
        json.set("terminals", terminals(summary.terminals()));
        json.putObject("answering")
                .put("audience", IssueSummary.RESPONSIBLE)
                .put("addressed", summary.answering().addressed())
                .put("answered", summary.answering().answered())
                .put("share", summary.answering().share())
                .put("noShare", summary.answering().noShare());
        ObjectNode timeliness = json.putObject("timeliness");
        timeliness.set("fromSignOff", timeliness(summary.fromSignOff()));
        timeliness.set("fromSent", timeliness(summary.fromSent()));
        json.putObject("evidenceLevels")
                .put("delivered", summary.levels().delivered())
                .put("shown", summary.levels().shown())
                .put("answered", summary.levels().answered());
        json.put("outside", summary.outside())
                .put("addressed", summary.addressed())
                .put("reached", summary.reached())
                .put("possibleDoubles", summary.possibleDoubles());
        json.putObject("unreached")
                .put("noReport", summary.unreached().noReport())
                .put("unsent", summary.unreached().unsent())
                .put("failed", summary.unreached().failed())
                .put("noAddress", summary.unreached().noAddress())
                .put("unknown", summary.unreached().unknown())
                .put("insideWithoutPosition", summary.unreached().unlocated())
                .put("registeredBeyondResidents", summary.unreached().surplus())
                .put("notConfirmed", summary.unreached().notConfirmed())
                .put("positionUnknown", summary.unreached().unpositioned());
        json.set("forecast", forecast());
        json.set("channels", channels());
        json.set("audiences", audiences());
        json.set("townships", townships());
        json.set("villages", villages());
        json.put("villagesLeftOut", summary.villagesLeftOut());
        json.put("townshipsLeftOut", summary.townshipsLeftOut());
        json.set("hours", hours());
        json.set("course", course());
        return json;
    }

    private ObjectNode issue() {
        IssueSummary.About about = summary.about();
        @Nullable Instant ended = about.ended();
        return JSON.objectNode()
                .put("id", about.issue())
                .put("warning", about.warning())
                .put("identifier", about.identifier())
                .put("msgType", about.msgType().word())
                .put("status", about.status().word())
                .put("eventCode", about.eventCode())
                .put("event", about.event())
                .put("level", about.level().name())
                .put("sender", about.sender())
                .put("senderName", about.senderName().isEmpty() ? null : about.senderName())
                .put("author", about.author())
                .put("headline", about.headline())
                .put("area", about.area())
                .put("audience", about.audience())
                .put("sent", time(about.sent()))
                .put("signed", time(about.signed()))
                .put("ended", ended == null ? null : time(ended));
    }

    private static ObjectNode goal(Goal goal) {
        return JSON.objectNode()
                .put("share", goal.share())
                .put("division", goal.division())
                .put("from", goal.from() == null ? null : goal.from().toString())
                .put("to", goal.to() == null ? null : goal.to().toString());
    }

    private ObjectNode coverage() {
        ObjectNode json = figures(summary.coverage());
        @Nullable Verdict verdict = summary.verdict();
        json.put("verdict", verdict == null ? null : verdict.word());
        if (summary.coverage().residents() > 0) {
            json.set("percent", CoverageReport.percent(summary.coverage()));
        }
        return json;
    }

    private static ObjectNode figures(Figures figures) {
        Count count = figures.rounded();
        return JSON.objectNode()
                .put("residents", count.residents())
                .put("confirmed", count.confirmed())
                .put("lower", count.lower())
                .put("estimate", count.estimate())
                .put("upper", count.upper());
    }

    /** A row's figures; where the public coverage does not apply, they are of those addressed. */
    private ObjectNode row(Figures figures) {
        if (summary.applies()) {
            return figures(figures);
        }
        Count count = figures.rounded();
        return JSON.objectNode().put("addressed", count.residents()).put("reached", count.lower());
    }

    private static ObjectNode terminals(TerminalCoverage terminals) {
        double served = terminals.served();
        Count count = new Figures(terminals.residents(), served, served, served, served).rounded();
        return JSON.objectNode()
                .put("villages", terminals.villages())
                .put("equipped", terminals.equipped())
                .put("working", terminals.working())
                .put("share", terminals.share())
                .put("residents", count.residents())
                .put("served", count.lower())
                .put("servedShare", terminals.servedShare())
                .put("planned", terminals.planned())
                .put("finished", terminals.finished());
    }

    private static ObjectNode timeliness(Timeline.Timeliness times) {
        return JSON.objectNode()
                .put("firstSeconds", times.firstSeconds())
                .put("p50Seconds", times.p50Seconds())
                .put("p90Seconds", times.p90Seconds());
    }

    private ObjectNode forecast() {
        return JSON.objectNode()
                .put("state", summary.applies() ? forecast.state().word() : null)
                .put("seconds", forecast.seconds())
                .put("earliest", forecast.earliest())
                .put("latest", forecast.latest());
    }

    private ArrayNode channels() {
        ArrayNode rows = JSON.arrayNode();
        for (IssueSummary.Channel channel : summary.channels()) {
            ObjectNode row = rows.addObject().put("name", channel.name()).put("ofTerminals", channel.ofTerminals());
            put(row, channel.counts());
            row.put("unsent", channel.unsent())
                    .put("unanswered", channel.unanswered())
                    .put("awaiting", channel.awaiting())
                    .put("dropped", channel.dropped());
            ObjectNode failures = row.putObject("failures");
            channel.failures().forEach(failures::put);
            ArrayNode links = row.putArray("links");
            for (IssueSummary.Link link : channel.links()) {
                put(links.addObject().put("link", link.link()).put("provider", link.provider()), link.counts());
            }
        }
        return rows;
    }

    private static void put(ObjectNode row, ChannelCounts counts) {
        row.put("planned", counts.planned())
                .put("submitted", counts.submitted())
                .put("accepted", counts.accepted())
                .put("delivered", counts.delivered())
                .put("acknowledged", counts.acknowledged())
                .put("failed", counts.failed())
                .put("noReport", counts.noReport());
    }

    private ArrayNode audiences() {
        ArrayNode rows = JSON.arrayNode();
        summary.audiences().forEach(audience -> rows.addObject()
                .put("name", audience.name())
                .put("title", audience.title())
                .put("addressed", audience.addressed())
                .put("reached", audience.reached())
                .put("shown", audience.shown())
                .put("answered", audience.answered()));
        return rows;
    }

    private ArrayNode townships() {
        ArrayNode rows = JSON.arrayNode();
        for (IssueSummary.Township township : summary.townships()) {
            ObjectNode row = rows.addObject().put("code", township.code()).put("name", township.name());
            row.setAll(row(township.figures()));
            row.put("villages", township.villages())
                    .put("delivered", township.delivered())
                    .put("terminals", township.terminals())
                    .put("finished", township.finished());
        }
        return rows;
    }

    private ArrayNode villages() {
        ArrayNode rows = JSON.arrayNode();
        for (IssueSummary.Village village : summary.villages()) {
            ObjectNode row = rows.addObject().put("code", village.code()).put("name", village.name());
            row.setAll(row(village.figures()));
            row.put("cut", village.cut())
                    .put("delivered", village.delivered())
                    .put("terminals", village.terminals())
                    .put("finished", village.finished());
        }
        return rows;
    }

    private ArrayNode hours() {
        ArrayNode rows = JSON.arrayNode();
        CurvePoint before = new CurvePoint(0, 0, 0, 0, 0);
        for (Curve.Hour hour : summary.hours()) {
            ObjectNode row = rows.addObject().put("hour", hour.hour());
            if (summary.applies()) {
                row.put("confirmed", (long) hour.end().confirmed())
                        .put("lower", (long) hour.end().lower());
            } else {
                row.put("reached", (long) hour.end().lower());
            }
            row.put("gained", (long) hour.end().lower() - (long) before.lower());
            before = hour.end();
        }
        return rows;
    }

    private ArrayNode course() {
        ArrayNode rows = JSON.arrayNode();
        for (CurvePoint point : summary.curve()) {
            ObjectNode row = rows.addObject().put("seconds", point.millis() / 1000.0);
            if (!summary.applies()) {
                row.put("reached", (long) point.lower());
                continue;
            }
            row.put("confirmed", (long) point.confirmed())
                    .put("lower", (long) point.lower())
                    .put("estimate", Math.round(point.estimate()))
                    .put("upper", (long) Math.ceil(point.upper()));
        }
        return rows;
    }

    private String time(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.MILLIS).atZone(zone));
    }
}
