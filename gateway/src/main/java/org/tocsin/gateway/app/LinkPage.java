package org.tocsin.gateway.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.dispatch.LinkHealth;
import org.tocsin.gateway.dispatch.LinkMoney;
import org.tocsin.gateway.dispatch.LinkQuality;
import org.tocsin.gateway.dispatch.LinkTest;
import org.tocsin.gateway.reply.KeptReply;
import org.tocsin.gateway.reply.Replies;
import org.tocsin.gateway.web.LinkDesk;
import org.tocsin.gateway.web.Metrics;

/** Links and replies as the web end shows them. */
record LinkPage(Dispatcher dispatcher, Replies replies) implements LinkDesk {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double MILLIS = 1000;

    @Override
    public byte[] links() {
        ObjectNode page = JSON.objectNode();
        ArrayNode links = page.putArray("links");
        dispatcher.links().forEach(link -> write(link, links.addObject()));
        return bytes(page);
    }

    @Override
    public byte[] replies(String before, int limit) {
        ObjectNode page = JSON.objectNode();
        page.put("keptDays", replies.keeping().toDays());
        ObjectNode counts = page.putObject("counts");
        replies.kept().counts().forEach((kind, count) -> counts.put(word(kind), count));
        ArrayNode rows = page.putArray("replies");
        List<KeptReply> kept = replies.kept().list(before, limit);
        kept.forEach(reply -> rows.addObject()
                .put("id", reply.id())
                .put("at", reply.at().toString())
                .put("channel", reply.channel())
                .put("link", reply.link())
                .put("from", reply.maskedFrom())
                .put("text", reply.text())
                .put("kind", word(reply.kind()))
                .put("warning", emptyAsNull(reply.warning()))
                .put("issue", emptyAsNull(reply.issue())));
        page.put(
                "cursor", kept.size() < limit ? null : kept.get(kept.size() - 1).id());
        return bytes(page);
    }

    /** Shows what it has in the metrics. */
    void show(Metrics metrics) {
        metrics.gauges(
                "tocsin_link_speed",
                "Addressees a second that a link's carrier has taken lately.",
                () -> perLink(link -> link.quality().speed()));
        metrics.gauges(
                "tocsin_link_rate",
                "Addressees a second that a link may be handed now; 0 without limit.",
                () -> perLink(link -> link.quality().rate()));
        metrics.gauges(
                "tocsin_link_throttled",
                "Whether a link's carrier keeps its rate below what is set.",
                () -> perLink(link -> link.quality().throttled() ? 1 : 0));
        metrics.gauges(
                "tocsin_link_window",
                "Addressees that may be with a link's carrier at once.",
                () -> perLink(link -> link.quality().window()));
        metrics.counters(
                "tocsin_link_errors_total",
                "Refusals, deferrals and negative reports since the start, by reason.",
                this::errors);
        metrics.gauges(
                "tocsin_link_receipt_delay_seconds", "How long a link's reports take, by quantile.", this::delays);
        metrics.gauges(
                "tocsin_link_spent",
                "What a link has spent this month, in the currency's units.",
                () -> perLink(link -> {
                    LinkMoney money = link.money();
                    return money == null ? 0 : money.spent() / MILLIS;
                }));
        metrics.gauges(
                "tocsin_link_test_ok",
                "Whether a link's last test to its probe number came back.",
                () -> perLink(link -> {
                    LinkTest test = link.test();
                    return test != null && test.ok() ? 1 : 0;
                }));
        metrics.gauges(
                "tocsin_replies", "Replies that are kept, by kind.", () -> replies.kept().counts().entrySet().stream()
                        .map(count -> new Metrics.Sample(Map.of("kind", word(count.getKey())), count.getValue()))
                        .toList());
    }

    private List<Metrics.Sample> perLink(java.util.function.ToDoubleFunction<LinkHealth> value) {
        return dispatcher.links().stream()
                .map(link -> new Metrics.Sample(labels(link), value.applyAsDouble(link)))
                .toList();
    }

    private List<Metrics.Sample> errors() {
        return dispatcher.links().stream()
                .flatMap(link -> link.quality().errors().entrySet().stream().map(error -> {
                    Map<String, String> labels = labels(link);
                    labels.put("reason", error.getKey().label());
                    return new Metrics.Sample(labels, error.getValue());
                }))
                .toList();
    }

    private List<Metrics.Sample> delays() {
        return dispatcher.links().stream()
                .filter(link -> link.quality().reports() > 0)
                .flatMap(link -> {
                    LinkQuality quality = link.quality();
                    return java.util.stream.Stream.of(
                            quantile(link, "0.5", quality.delay50()),
                            quantile(link, "0.9", quality.delay90()),
                            quantile(link, "0.99", quality.delay99()));
                })
                .toList();
    }

    private static Metrics.Sample quantile(LinkHealth link, String quantile, long millis) {
        Map<String, String> labels = labels(link);
        labels.put("quantile", quantile);
        return new Metrics.Sample(labels, millis / MILLIS);
    }

    private static Map<String, String> labels(LinkHealth link) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("link", link.link());
        labels.put("channel", link.channel());
        return labels;
    }

    private static void write(LinkHealth link, ObjectNode row) {
        LinkQuality quality = link.quality();
        row.put("id", link.link())
                .put("channel", link.channel())
                .put("provider", link.provider())
                .put("operator", link.operator())
                .put("state", link.state().name().toLowerCase(Locale.ROOT))
                .put("owned", link.owned())
                .put("breakerOpen", link.breakerOpen())
                .put("queued", link.queued())
                .put("outstanding", link.outstanding())
                .put("window", quality.window())
                .put("submitted", link.submitted())
                .put("accepted", quality.accepted())
                .put("segments", quality.segments())
                .put("receipts", link.receipts())
                .put("orphans", link.orphans())
                .put("openIssues", link.openIssues())
                .put("speed", Math.round(quality.speed() * 10) / 10.0)
                .put("rate", Math.round(quality.rate() * 10) / 10.0)
                .put("throttled", quality.throttled())
                .put("trouble", Math.round(quality.trouble() * 1000) / 1000.0);
        ObjectNode errors = row.putObject("errors");
        new TreeMap<>(quality.errors()).forEach((reason, count) -> errors.put(reason.label(), count));
        row.putObject("receiptDelay")
                .put("reports", quality.reports())
                .put("p50Millis", positive(quality.delay50()))
                .put("p90Millis", positive(quality.delay90()))
                .put("p99Millis", positive(quality.delay99()))
                .put("last", quality.lastReport() == null ? null : String.valueOf(quality.lastReport()));
        org.tocsin.channel.LinkHealth connection = link.connection();
        if (connection != null) {
            row.putObject("connections")
                    .put("ready", connection.connections())
                    .put("wanted", connection.wanted())
                    .put("inFlight", connection.inFlight())
                    .put("window", connection.window());
        }
        LinkMoney money = link.money();
        if (money != null) {
            row.putObject("money")
                    .put("price", money.price())
                    .put("spentThisMonth", money.spent())
                    .put("limit", money.limit())
                    .put("near", money.near())
                    .put("held", money.held());
        }
        LinkTest test = link.test();
        if (test != null && test.set()) {
            boolean never = test.at().toEpochMilli() == 0;
            row.putObject("test")
                    .put("at", never ? null : test.at().toString())
                    .put("ok", test.ok())
                    .put("millis", positive(test.millis()))
                    .put("why", test.why());
        }
    }

    private static @Nullable Long positive(long value) {
        return value < 0 ? null : value;
    }

    private static @Nullable String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String word(KeptReply.Kind kind) {
        return switch (kind) {
            case ACKNOWLEDGED -> "acknowledged";
            case OPTED_OUT -> "optedOut";
            case OPTED_IN -> "optedIn";
            case OTHER -> "other";
        };
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
