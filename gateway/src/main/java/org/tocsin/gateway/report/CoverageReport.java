package org.tocsin.gateway.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.AtomCoverage;
import org.tocsin.gateway.coverage.Count;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Percent;
import org.tocsin.gateway.coverage.Timeline;
import org.tocsin.gateway.receipt.ChannelCounts;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.targeting.Atom;

/** Writes coverage in the contract's JSON. May be used by any thread. */
public final class CoverageReport {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> CHANGING =
            List.of("confirmed", "lower", "estimate", "upper", "delivered", "lowerPercent");

    private final ZoneId zone;

    /** Writes times with the offset of a zone. */
    public CoverageReport(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * The answer of {@code …/coverage}: the demo's coverage fields at the top, then dissemination, timeliness,
     * channels, asOf and the divisions.
     *
     * <p>Beside them stand {@code applies} (whether the public coverage does: else its figures and verdict are null and
     * there are no divisions), {@code outside}, {@code evidenceLevels} and {@code audience}.
     */
    public ObjectNode json(CoverageSnapshot snapshot) {
        boolean applies = snapshot.subject().isPublic();
        ObjectNode json = coverage(snapshot);
        json.set("dissemination", dissemination(snapshot));
        json.set("timeliness", timeliness(snapshot));
        json.set("channels", channels(snapshot));
        json.put(
                "asOf",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        snapshot.asOf().truncatedTo(ChronoUnit.MILLIS).atZone(zone)));
        json.put("applies", applies);
        json.put("outside", snapshot.outside());
        json.putObject("evidenceLevels")
                .put("delivered", snapshot.levels().delivered())
                .put("shown", snapshot.levels().shown())
                .put("answered", snapshot.levels().answered());
        ObjectNode audience = json.putObject("audience")
                .put("name", snapshot.subject().area().audience())
                .put("addressed", snapshot.addressed())
                .put("reached", snapshot.reached());
        if (snapshot.addressed() > 0) {
            double share = (double) snapshot.reached() / snapshot.addressed();
            audience.put("share", share).put("percent", Percent.down(share));
        } else {
            audience.putNull("share").putNull("percent");
        }
        json.set("divisions", applies ? divisions(snapshot) : JSON.arrayNode());
        return json;
    }

    /** Residents, confirmed, lower, estimate, upper, goal and verdict: what {@code demo --json} calls coverage. */
    public ObjectNode coverage(CoverageSnapshot snapshot) {
        ObjectNode json = JSON.objectNode();
        if (snapshot.subject().isPublic()) {
            write(json, snapshot.coverage().rounded());
            json.put("goal", snapshot.goal().share());
            json.put(
                    "verdict",
                    snapshot.coverage().verdict(snapshot.goal().share()).word());
            json.set("percent", percent(snapshot.coverage().total()));
        } else {
            for (String field : new String[] {"residents", "confirmed", "lower", "estimate", "upper"}) {
                json.putNull(field);
            }
            json.put("goal", snapshot.goal().share());
            json.putNull("verdict");
            json.putNull("percent");
        }
        return json;
    }

    /** The shares of unrounded sums as every reader shows them, so that none divides heads that were rounded. */
    public static ObjectNode percent(Figures figures) {
        double residents = figures.residents();
        return JSON.objectNode()
                .put("confirmed", Percent.down(figures.confirmed() / residents))
                .put("lower", Percent.down(figures.lower() / residents))
                .put("estimate", Percent.down(figures.estimate() / residents))
                .put("upper", Percent.up(figures.upper() / residents));
    }

    /** A division's sure share as every reader shows it; null where nobody lives. */
    public static @Nullable Double lowerPercent(Figures figures) {
        return figures.residents() > 0 ? Percent.down(figures.lower() / figures.residents()) : null;
    }

    /** Villages, and those with at least one delivery. */
    public ObjectNode dissemination(CoverageSnapshot snapshot) {
        return JSON.objectNode()
                .put("villages", snapshot.dissemination().villages())
                .put("delivered", snapshot.dissemination().delivered());
    }

    /** Seconds from sign-off to the first person, half and nine tenths; and from the agency's sent to sign-off. */
    public ObjectNode timeliness(CoverageSnapshot snapshot) {
        Timeline.Timeliness times = snapshot.timeliness();
        ObjectNode json = JSON.objectNode();
        put(json, "firstSeconds", times.firstSeconds());
        put(json, "p50Seconds", times.p50Seconds());
        put(json, "p90Seconds", times.p90Seconds());
        Duration before =
                Duration.between(snapshot.subject().sent(), snapshot.subject().signed());
        json.put("sentToSignOffSeconds", before.toMillis() / 1000.0);
        return json;
    }

    /** The cumulative counts by channel. */
    public ObjectNode channels(CoverageSnapshot snapshot) {
        ObjectNode json = JSON.objectNode();
        for (Map.Entry<String, ChannelCounts> channel : snapshot.channels().entrySet()) {
            ChannelCounts counts = channel.getValue();
            json.putObject(channel.getKey())
                    .put("planned", counts.planned())
                    .put("submitted", counts.submitted())
                    .put("accepted", counts.accepted())
                    .put("delivered", counts.delivered())
                    .put("acknowledged", counts.acknowledged())
                    .put("failed", counts.failed())
                    .put("noReport", counts.noReport());
        }
        return json;
    }

    /** Why deliveries failed, by channel and reason: a column of the report. */
    public ObjectNode failures(IssueEvidence evidence) {
        ObjectNode json = JSON.objectNode();
        for (String channel : new java.util.TreeSet<>(evidence.channels())) {
            ObjectNode reasons = json.putObject(channel);
            evidence.channel(channel).failures().forEach((reason, count) -> reasons.put(reason.label(), count));
        }
        return json;
    }

    /** The coverage in a few words for people and logs, such as {@code 91.2 % sure of 100000}. */
    public String words(CoverageSnapshot snapshot) {
        Count count = snapshot.coverage().rounded();
        if (!snapshot.subject().isPublic() || count.residents() == 0) {
            return snapshot.reached() + " of " + snapshot.addressed() + " addressed";
        }
        Figures figures = snapshot.coverage().total();
        return Percent.words(figures.lower() / figures.residents()) + " sure of " + count.residents();
    }

    private static ArrayNode divisions(CoverageSnapshot snapshot) {
        ArrayNode rows = JSON.arrayNode();
        for (int place = 0; place < snapshot.coverage().atoms().size(); place++) {
            AtomCoverage row = snapshot.coverage().atoms().get(place);
            Atom atom = snapshot.subject().area().atoms().get(place);
            ObjectNode json = rows.addObject();
            json.put("code", row.facts().code()).put("name", row.facts().name());
            write(json, row.figures().rounded());
            json.put("cut", row.facts().cut());
            json.put("delivered", snapshot.delivered().contains(atom.village()));
            put(json, "lowerPercent", lowerPercent(row.figures()));
        }
        return rows;
    }

    /**
     * The figures that may change in the rows of {@code divisions}, each name once: {@code {"figures": ["confirmed",
     * …], "rows": {"411426001001": [12, …]}}}. A fifth of the rows' length.
     */
    public static ObjectNode byCode(JsonNode divisions) {
        ObjectNode json = JSON.objectNode();
        ArrayNode figures = json.putArray("figures");
        CHANGING.forEach(figures::add);
        ObjectNode rows = json.putObject("rows");
        for (JsonNode division : divisions) {
            ArrayNode row = rows.putArray(division.path("code").asText());
            CHANGING.forEach(figure -> row.add(division.path(figure)));
        }
        return json;
    }

    private static void write(ObjectNode json, Count count) {
        json.put("residents", count.residents())
                .put("confirmed", count.confirmed())
                .put("lower", count.lower())
                .put("estimate", count.estimate())
                .put("upper", count.upper());
    }

    private static void put(ObjectNode json, String field, @Nullable Double value) {
        if (value == null) {
            json.putNull(field);
        } else {
            json.put(field, value);
        }
    }
}
