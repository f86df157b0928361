package org.tocsin.gateway.web;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.watch.LinkNow;
import org.tocsin.gateway.report.watch.TerminalsNow;

/** How the county is, as a test says. */
final class FakeWatch implements WatchDesk {
    final Map<String, Standing> standings = new ConcurrentHashMap<>();
    volatile List<LinkNow> links = List.of(new LinkNow("mobile", "sms", "mobile", LinkNow.State.UP, 0, 0));
    volatile List<TerminalsNow> terminals = List.of(new TerminalsNow("loudspeaker", 743, 740, true));
    volatile @Nullable Target target = new Target(
            12_345,
            11_000,
            30,
            List.of(
                    new Village("411426101201", "某村", "会亭镇", 7_345, false),
                    new Village("411426101202", "另一村", "会亭镇", 5_000, true)),
            new AreaMap(
                    800, 400, Map.of("411426101201", "M0 0L400 0L400 400Z", "411426101202", "M400 0L800 0L800 400Z")));

    @Override
    public Optional<Standing> standing(Warning warning) {
        return Optional.ofNullable(standings.get(warning.id()));
    }

    @Override
    public Optional<Target> target(Warning warning) {
        return Optional.ofNullable(target);
    }

    @Override
    public Optional<Addressed> addressed(Warning cancel, Collection<String> issues) {
        return issues.isEmpty() ? Optional.empty() : Optional.of(new Addressed(8_765, 21));
    }

    @Override
    public Set<String> channels(Warning warning) {
        return warning.channels().isEmpty() ? Set.of("sms", "loudspeaker") : warning.channels();
    }

    @Override
    public List<LinkNow> links() {
        return links;
    }

    @Override
    public List<TerminalsNow> terminals() {
        return terminals;
    }
}
