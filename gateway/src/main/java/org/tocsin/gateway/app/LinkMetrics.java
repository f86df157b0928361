package org.tocsin.gateway.app;

import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import org.tocsin.channel.LinkState;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.dispatch.LinkHealth;
import org.tocsin.gateway.web.Metrics;

/** What the metrics show of links and terminals. */
final class LinkMetrics {
    private LinkMetrics() {}

    static void show(Metrics metrics, Dispatcher dispatcher, IntSupplier terminals) {
        metrics.gauge(
                "tocsin_terminals_connected", "Terminals connected to the gateway's own end.", terminals::getAsInt);
        metrics.gauges(
                "tocsin_link_up",
                "Whether a link can take batches.",
                () -> samples(dispatcher, link -> link.state() == LinkState.UP ? 1 : 0));
        metrics.gauges(
                "tocsin_link_owned",
                "Whether this node owns a link.",
                () -> samples(dispatcher, link -> link.owned() ? 1 : 0));
        metrics.gauges(
                "tocsin_link_breaker_open",
                "Whether a link's circuit breaker is open.",
                () -> samples(dispatcher, link -> link.breakerOpen() ? 1 : 0));
        metrics.gauges(
                "tocsin_link_queued", "Addressees in a link's lanes.", () -> samples(dispatcher, LinkHealth::queued));
        metrics.gauges(
                "tocsin_link_outstanding",
                "Addressees with the carrier and not yet journalled.",
                () -> samples(dispatcher, LinkHealth::outstanding));
        metrics.counters(
                "tocsin_link_submitted_total",
                "Addressees handed to the channel since the start.",
                () -> samples(dispatcher, LinkHealth::submitted));
        metrics.counters(
                "tocsin_link_receipts_total",
                "Receipts kept since the start.",
                () -> samples(dispatcher, LinkHealth::receipts));
        metrics.counters(
                "tocsin_link_orphans_total",
                "Receipts of unknown reference since the start.",
                () -> samples(dispatcher, LinkHealth::orphans));
        metrics.gauges(
                "tocsin_link_open_issues",
                "Issues that a link remembers because they are not sealed yet.",
                () -> samples(dispatcher, LinkHealth::openIssues));
    }

    private static List<Metrics.Sample> samples(Dispatcher dispatcher, ToDoubleFunction<LinkHealth> value) {
        return dispatcher.links().stream()
                .map(link -> new Metrics.Sample(
                        Map.of("link", link.link(), "channel", link.channel()), value.applyAsDouble(link)))
                .toList();
    }
}
