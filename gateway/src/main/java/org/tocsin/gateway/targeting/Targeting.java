package org.tocsin.gateway.targeting;

import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Content;
import org.tocsin.alert.Level;
import org.tocsin.gateway.registry.Audience;
import org.tocsin.gateway.registry.Column;
import org.tocsin.gateway.registry.People;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.Terminal;

/** Resolves a warning's areas and audience to people, terminals and residents. Pure; may be used by any thread. */
public final class Targeting {
    private final TargetingSettings settings;

    /** Takes how areas are read. */
    public Targeting(TargetingSettings settings) {
        this.settings = settings;
    }

    /**
     * Resolves.
     *
     * <p>Each person gets the content that holds where they live: of several the gravest, then the first.
     *
     * @param contents the contents of a warning, in order
     * @param audience a name or an {@link AudienceExpression}; terminals are used only where it holds all residents
     * @param registry the registry
     * @param at when it is sent, for the hours at which terminals are shared
     * @throws TargetRefused for an area or audience of which nothing is known, and where nobody and nothing is left
     */
    public Target target(List<Content> contents, String audience, RegistryView registry, Instant at)
            throws TargetRefused {
        List<TargetProblem> problems = new ArrayList<>();
        RoaringBitmap meant = audience(audience, registry, problems);
        List<AreaResolver.Ground> grounds = grounds(contents, registry, problems);
        if (!problems.isEmpty()) {
            throw new TargetRefused(problems);
        }
        List<Footprint> footprints =
                grounds.stream().map(ground -> Footprint.of(ground, registry)).toList();
        RoaringBitmap residents = registry.people().audience(Audience.RESIDENTS);
        boolean isPublic = residents.isEmpty() ? audience.equals(Audience.RESIDENTS) : meant.contains(residents);
        LocalTime time = LocalTime.ofInstant(at, settings.zone());
        int[] order = gravestFirst(contents);
        List<Part> parts = parts(contents, footprints, order, meant, terminal -> {
            Level level = terminal.level();
            return isPublic && level != null && terminal.terminal(registry).sharesFor(level, time);
        });
        RoaringBitmap probeTerminals = registry.terminals().probes();
        List<Part> probes = parts(
                contents,
                footprints,
                order,
                registry.people().audience(Audience.PROBE),
                terminal -> probeTerminals.contains(terminal.number()));
        if (isEmpty(parts) && isEmpty(probes)) {
            throw new TargetRefused(List.of(new TargetProblem.EmptyTarget(audience)));
        }
        Footprint all = footprints.size() == 1 ? footprints.get(0) : Footprint.of(together(grounds), registry);
        return new Target(registry.generation(), audience, isPublic, parts, probes, all.atoms());
    }

    private static AreaResolver.Ground together(List<AreaResolver.Ground> grounds) throws TargetRefused {
        try {
            return AreaResolver.Ground.union(grounds);
        } catch (Intricacy.TooIntricate refused) {
            throw new TargetRefused(List.of(tooIntricate(refused)));
        }
    }

    private static TargetProblem tooIntricate(Intricacy.TooIntricate refused) {
        return new TargetProblem.UnknownArea(
                0, -1, TargetProblem.Why.INTRICATE, "the contents' areas", String.valueOf(refused.getMessage()));
    }

    /** What is unknown of the areas; empty where all is known. */
    public List<TargetProblem> problems(List<Content> contents, RegistryView registry) {
        List<TargetProblem> problems = new ArrayList<>();
        grounds(contents, registry, problems);
        return problems;
    }

    /** Whom the target could reach. */
    public Estimate estimate(Target target, RegistryView registry) {
        RoaringBitmap persons = target.persons();
        People people = registry.people();
        Map<String, Integer> byColumn = new LinkedHashMap<>();
        for (Column column : Column.values()) {
            byColumn.put(column.word(), RoaringBitmap.andCardinality(persons, people.reachable(column.word())));
        }
        Map<Integer, Integer> residents = new TreeMap<>();
        target.atoms().forEach(atom -> residents.put(atom.village(), atom.residents()));
        Map<String, Integer> terminals = new LinkedHashMap<>();
        Map<String, Map<Integer, Long>> served = new LinkedHashMap<>();
        for (int number : target.terminals()) {
            Terminal terminal = registry.terminals().get(number);
            terminals.merge(terminal.kind(), 1, Integer::sum);
            served.computeIfAbsent(terminal.kind(), kind -> new TreeMap<>())
                    .merge(terminal.village(), (long) terminal.serves(), Long::sum);
        }
        Map<String, Long> servedByKind = new LinkedHashMap<>();
        served.forEach((kind, byVillage) -> servedByKind.put(
                kind,
                byVillage.entrySet().stream()
                        .mapToLong(entry -> Math.min(entry.getValue(), residents.getOrDefault(entry.getKey(), 0)))
                        .sum()));
        return new Estimate(
                target.residents(),
                target.atoms().size(),
                (int) target.atoms().stream().filter(Atom::cut).count(),
                persons.getCardinality(),
                byColumn,
                terminals,
                servedByKind);
    }

    private List<AreaResolver.Ground> grounds(
            List<Content> contents, RegistryView registry, List<TargetProblem> problems) {
        List<AreaResolver.Ground> grounds = new ArrayList<>();
        for (int content = 0; content < contents.size(); content++) {
            grounds.add(new AreaResolver(settings, registry, content, problems)
                    .resolve(contents.get(content).areas()));
        }
        try {
            Intricacy.ofCuts(grounds.stream().map(AreaResolver.Ground::drawn).toList(), registry.divisions());
        } catch (Intricacy.TooIntricate refused) {
            problems.add(tooIntricate(refused));
        }
        return grounds;
    }

    /** A terminal in a content of a level. */
    private record Use(int number, @Nullable Level level) {
        Terminal terminal(RegistryView registry) {
            return registry.terminals().get(number);
        }
    }

    /** Leaves each person and terminal to the gravest content, then the first, that may use them. */
    private static List<Part> parts(
            List<Content> contents,
            List<Footprint> footprints,
            int[] order,
            RoaringBitmap meant,
            Predicate<Use> mayUse) {
        Part[] parts = new Part[order.length];
        RoaringBitmap given = new RoaringBitmap();
        RoaringBitmap givenTerminals = new RoaringBitmap();
        for (int content : order) {
            Level level = contents.get(content).level().orElse(null);
            RoaringBitmap persons = RoaringBitmap.and(footprints.get(content).people(), meant);
            persons.andNot(given);
            given.or(persons);
            RoaringBitmap terminals = new RoaringBitmap();
            for (int terminal : footprints.get(content).terminals()) {
                if (!givenTerminals.contains(terminal) && mayUse.test(new Use(terminal, level))) {
                    terminals.add(terminal);
                }
            }
            givenTerminals.or(terminals);
            parts[content] = new Part(content, level, persons, terminals);
        }
        return List.of(parts);
    }

    private static RoaringBitmap audience(String text, RegistryView registry, List<TargetProblem> problems) {
        try {
            AudienceExpression expression = AudienceExpression.parse(text);
            for (String name : expression.names()) {
                if (!registry.audiences().containsKey(name)) {
                    problems.add(new TargetProblem.UnknownAudience(name, "no such audience is known here"));
                }
            }
            return expression.among(registry.people());
        } catch (IllegalArgumentException unreadable) {
            problems.add(new TargetProblem.UnknownAudience(text, String.valueOf(unreadable.getMessage())));
            return new RoaringBitmap();
        }
    }

    private static int[] gravestFirst(List<Content> contents) {
        return IntStream.range(0, contents.size())
                .boxed()
                .sorted((one, other) -> Integer.compare(lane(contents.get(one)), lane(contents.get(other))))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int lane(Content content) {
        return content.level().map(Level::lane).orElse(Integer.MAX_VALUE);
    }

    private static boolean isEmpty(List<Part> parts) {
        return parts.stream()
                .allMatch(part -> part.persons().isEmpty() && part.terminals().isEmpty());
    }
}
