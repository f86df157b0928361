package org.tocsin.gateway.app;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Content;
import org.tocsin.channel.LinkState;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.coverage.Count;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.dispatch.LinkHealth;
import org.tocsin.gateway.receipt.ChannelEvidence;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.Terminal;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.CoverageSnapshot;
import org.tocsin.gateway.report.CoverageTracker;
import org.tocsin.gateway.report.watch.LinkNow;
import org.tocsin.gateway.report.watch.TerminalsNow;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.Part;
import org.tocsin.gateway.targeting.TargetRefused;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.web.WatchDesk;

/** What those on duty see, out of the rooms. */
final class CountyWatch implements WatchDesk {
    private final CoverageTracker tracker;
    private final Dispatcher dispatcher;
    private final Targeting targeting;
    private final Registry registry;
    private final Set<String> channels;
    private final @Nullable Predicate<String> online;
    private final InstantSource clock;

    /**
     * Makes it.
     *
     * @param channels what a warning goes out by unless it names its own
     * @param online whether the terminal of a code is connected; null where the gateway cannot tell
     */
    CountyWatch(
            CoverageTracker tracker,
            Dispatcher dispatcher,
            Targeting targeting,
            Registry registry,
            Collection<String> channels,
            @Nullable Predicate<String> online,
            InstantSource clock) {
        this.tracker = tracker;
        this.dispatcher = dispatcher;
        this.targeting = targeting;
        this.registry = registry;
        this.channels = Set.copyOf(channels);
        this.online = online;
        this.clock = clock;
    }

    @Override
    public Optional<Standing> standing(Warning warning) {
        return warning.signed() == null
                ? Optional.empty()
                : tracker.told(warning.id()).map(CountyWatch::standing);
    }

    private static Standing standing(CoverageSnapshot snapshot) {
        Count count = snapshot.coverage().rounded();
        boolean applies = snapshot.subject().isPublic() && count.residents() > 0;
        double goal = snapshot.goal().share();
        return applies
                ? new Standing(
                        true,
                        count.residents(),
                        count.lower(),
                        goal,
                        snapshot.coverage().verdict(goal).word(),
                        snapshot.asOf())
                : new Standing(false, snapshot.addressed(), snapshot.reached(), goal, "", snapshot.asOf());
    }

    @Override
    public Optional<Target> target(Warning warning) {
        RegistryView view = registry.view();
        org.tocsin.gateway.targeting.Target target;
        try {
            target = targeting.target(Content.of(warning.alert()), warning.audience(), view, clock.instant());
        } catch (TargetRefused unknown) {
            return Optional.empty();
        }
        RoaringBitmap persons = new RoaringBitmap();
        RoaringBitmap terminals = new RoaringBitmap();
        for (Part part : target.parts(warning.alert().status())) {
            persons.or(part.persons());
            terminals.or(part.terminals());
        }
        List<Village> villages = target.atoms().stream()
                .sorted(Comparator.comparing(Atom::code))
                .map(atom -> new Village(atom.code(), atom.name(), township(view, atom), atom.residents(), atom.cut()))
                .toList();
        return Optional.of(new Target(
                target.residents(),
                persons.getCardinality(),
                terminals.getCardinality(),
                villages,
                AreaMap.of(
                        view.divisions(),
                        villages.stream().map(Village::code).distinct().toList())));
    }

    private static String township(RegistryView view, Atom atom) {
        return atom.code().length() < 9
                ? ""
                : view.divisions()
                        .find(atom.code().substring(0, 9) + "000")
                        .map(Division::name)
                        .orElse("");
    }

    @Override
    public Optional<Addressed> addressed(Warning cancel, Collection<String> issues) {
        Set<String> ways = channels(cancel);
        RoaringBitmap persons = new RoaringBitmap();
        RoaringBitmap terminals = new RoaringBitmap();
        boolean planned = false;
        for (String issue : issues) {
            IssueEvidence evidence = dispatcher.evidence(issue).orElse(null);
            if (evidence == null) {
                continue;
            }
            planned = true;
            for (String name : evidence.channels()) {
                ChannelEvidence channel = evidence.channel(name);
                if (ways.contains(name)) {
                    (channel.isOfTerminals() ? terminals : persons).or(channel.planned());
                }
            }
        }
        return planned
                ? Optional.of(new Addressed(persons.getCardinality(), terminals.getCardinality()))
                : Optional.empty();
    }

    @Override
    public Set<String> channels(Warning warning) {
        return warning.channels().isEmpty() ? channels : warning.channels();
    }

    @Override
    public List<LinkNow> links() {
        return dispatcher.links().stream()
                .sorted(Comparator.comparing(LinkHealth::channel).thenComparing(LinkHealth::link))
                .map(link -> new LinkNow(
                        link.link(), link.channel(), link.provider(), state(link), link.queued(), link.outstanding()))
                .toList();
    }

    private static LinkNow.State state(LinkHealth link) {
        if (link.state() == LinkState.REFUSED) {
            return LinkNow.State.REFUSED;
        }
        if (link.state() != LinkState.UP || !link.owned()) {
            return LinkNow.State.DOWN;
        }
        return link.breakerOpen() ? LinkNow.State.RESTING : LinkNow.State.UP;
    }

    @Override
    public List<TerminalsNow> terminals() {
        Map<String, int[]> byKind = new TreeMap<>();
        for (Terminal terminal : registry.terminals().all()) {
            int[] counts = byKind.computeIfAbsent(terminal.kind(), kind -> new int[2]);
            counts[0]++;
            if (online != null && online.test(terminal.code())) {
                counts[1]++;
            }
        }
        List<TerminalsNow> all = new ArrayList<>();
        byKind.forEach((kind, counts) -> all.add(new TerminalsNow(kind, counts[0], counts[1], online != null)));
        return all;
    }
}
