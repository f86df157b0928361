package org.tocsin.gateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.tocsin.gateway.coverage.Percent;

/** A demo's result as a table for people. */
final class DemoTable {
    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put("confirmed", "persons with a delivery receipt of their own, each once over all channels");
        MEANINGS.put("lower", "what is sure: rests on no assumption");
        MEANINGS.put("estimate", "if channels reach people independently of each other");
        MEANINGS.put("upper", "who can have been reached at most");
    }

    private DemoTable() {}

    static void print(JsonNode result, PrintStream out) {
        out.printf(
                "%-12s %9s %9s %9s %9s %9s %9s %9s%n",
                "channel", "planned", "submitted", "accepted", "delivered", "acknowl.", "failed", "no report");
        result.path("channels").properties().forEach(channel -> row(channel.getKey(), channel.getValue(), out));
        printLinks(result, out);
        JsonNode coverage = result.path("coverage");
        out.println();
        out.printf(
                Locale.ROOT, "residents    %,9d%n", coverage.path("residents").asLong());
        MEANINGS.forEach((name, meaning) -> {
            long people = coverage.path(name).asLong();
            // Not of the heads, which are rounded: as all other readers show it.
            double percent = coverage.path("percent").path(name).asDouble();
            out.printf(Locale.ROOT, "%-12s %,9d  %5.1f %%  %s%n", name, people, percent, meaning);
        });
        out.printf(
                Locale.ROOT,
                "goal                    %5.1f %%  %s%n",
                Percent.down(coverage.path("goal").asDouble()),
                coverage.path("verdict").asText());
        out.printf(
                Locale.ROOT,
                "villages     %,9d  with a delivery: %,d%n",
                result.path("dissemination").path("villages").asLong(),
                result.path("dissemination").path("delivered").asLong());
        JsonNode times = result.path("timeliness");
        out.printf(
                "seconds from sign-off: first %s, 50 %% %s, 90 %% %s%n",
                seconds(times.path("firstSeconds")),
                seconds(times.path("p50Seconds")),
                seconds(times.path("p90Seconds")));
        if (result.has("doubles")) {
            out.printf(
                    "by the carriers' own books: sent twice %d (of %d in flight and unanswered when a link dropped), lost %d%n",
                    result.path("doubles").asLong(),
                    result.path("inFlight").asLong(),
                    result.path("lost").asLong());
        }
        if (result.path("unsent").asLong() > 0) {
            out.printf(
                    Locale.ROOT,
                    "not sent within the wait, and stopped: %,d deliveries (not counted as lost)%n",
                    result.path("unsent").asLong());
        }
    }

    /** By link, where a channel has several. */
    private static void printLinks(JsonNode result, PrintStream out) {
        if (result.path("links").size() <= result.path("channels").size()) {
            return;
        }
        out.println();
        out.println("by link (who was moved from one to another is in both)");
        result.path("links").properties().forEach(link -> row(link.getKey(), link.getValue(), out));
    }

    private static void row(String name, JsonNode counts, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%-12s %,9d %,9d %,9d %,9d %,9d %,9d %,9d%n",
                name,
                counts.path("planned").asLong(),
                counts.path("submitted").asLong(),
                counts.path("accepted").asLong(),
                counts.path("delivered").asLong(),
                counts.path("acknowledged").asLong(),
                counts.path("failed").asLong(),
                counts.path("noReport").asLong());
    }

    private static String seconds(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.1f", value.asDouble()) : "never";
    }
}
