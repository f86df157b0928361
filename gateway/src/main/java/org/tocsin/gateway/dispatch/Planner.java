package org.tocsin.gateway.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.gateway.registry.Operators;
import org.tocsin.gateway.registry.RegistryHashes;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.targeting.MeasuredArea;
import org.tocsin.gateway.targeting.Part;

/**
 * Makes an issue's plan of its target: by channel and content those who have an address, by language, spread over the
 * channel's links. Holds no state.
 */
final class Planner {
    /**
     * A channel with its links.
     *
     * @param name the channel's name
     * @param capabilities what it can carry
     * @param links its links that can take batches; all of them where none can
     * @param operators tells the operator of a number; null where the links are not chosen by it
     * @param optedOut tells the addresses that get nothing of this level; null where there is none
     */
    record Way(
            String name,
            Capabilities capabilities,
            List<Share> links,
            @Nullable Operators operators,
            @Nullable Predicate<String> optedOut) {}

    /**
     * A link with its part of the channel's work.
     *
     * @param spec the link
     * @param terms whose numbers it is for
     * @param weight above 0, against the others'
     */
    record Share(LinkSpec spec, LinkTerms terms, double weight) {
        /** Whether it is meant for an operator's numbers. */
        boolean isFor(String operator) {
            return terms.terms().operator().equals(ANY)
                    || terms.terms().operator().equals(operator);
        }
    }

    private static final String ANY = "any";

    private Planner() {}

    /**
     * Plans.
     *
     * @param issue the issue
     * @param contents its contents, at least one
     * @param parts who gets which content; of a Cancel only those who were planned before
     * @param area of whom its coverage is a share
     * @param earlier the plans of all earlier issues
     * @param ways the channels to use
     * @param registry the registry
     * @param now when it is decided
     */
    static Plan plan(
            Issue issue,
            List<Content> contents,
            List<Part> parts,
            MeasuredArea area,
            List<Plan> earlier,
            List<Way> ways,
            RegistryView registry,
            Instant now) {
        List<Plan.Group> groups = new ArrayList<>();
        for (Way way : ways) {
            RoaringBitmap before = new RoaringBitmap();
            earlier.forEach(plan -> before.or(plan.planned(way.name())));
            Map<Integer, RoaringBitmap> byContent = new TreeMap<>();
            RoaringBitmap taken = new RoaringBitmap();
            for (Part part : parts) {
                RoaringBitmap wanted = RoaringBitmap.andNot(reachable(way, part, registry), taken);
                if (issue.alert().msgType() == MsgType.CANCEL && !earlier.isEmpty()) {
                    // An end is told to those who were told the beginning, and to nobody else.
                    wanted.and(before);
                }
                taken.or(wanted);
                byContent.merge(part.content(), wanted, (one, other) -> RoaringBitmap.or(one, other));
            }
            RoaringBitmap others = RoaringBitmap.andNot(before, taken);
            int gravest = gravest(contents);
            byContent.merge(gravest, others, (one, other) -> RoaringBitmap.or(one, other));
            byContent.forEach((content, wanted) -> {
                RoaringBitmap allowed =
                        ProbeGuard.allowed(issue.alert(), wanted, number -> isProbe(way, registry, number));
                removeOptedOut(way, allowed, registry);
                byLanguage(way, contents.get(content), allowed, registry)
                        .forEach((language, numbers) -> spread(
                                way, way.name() + "/" + content + "/" + language, numbers, earlier, registry, groups));
            });
        }
        return new Plan(
                issue.warning(),
                issue.id(),
                issue.level().lane(),
                registry.generation(),
                now,
                area,
                groups,
                RegistryHashes.of(registry));
    }

    /** The notice's content and language by its key. */
    static int contentOf(String key) {
        return Integer.parseInt(key.split("/", 3)[1]);
    }

    static String languageOf(String key) {
        return key.split("/", 3)[2];
    }

    private static RoaringBitmap reachable(Way way, Part part, RegistryView registry) {
        if (way.capabilities().addressing() instanceof Addressing.Person person) {
            return RoaringBitmap.and(part.persons(), registry.people().reachable(person.column()));
        }
        String kind = kind(way);
        RoaringBitmap terminals = new RoaringBitmap();
        part.terminals().forEach((int number) -> {
            if (registry.terminals().get(number).kind().equals(kind)) {
                terminals.add(number);
            }
        });
        return terminals;
    }

    private static String kind(Way way) {
        return way.capabilities().addressing() instanceof Addressing.Terminal terminal ? terminal.kind() : "";
    }

    static boolean isProbe(Way way, RegistryView registry, int number) {
        return way.capabilities().addressing() instanceof Addressing.Person
                ? registry.people().isProbe(number)
                : registry.terminals().get(number).probe();
    }

    private static int gravest(List<Content> contents) {
        int gravest = 0;
        for (int at = 1; at < contents.size(); at++) {
            Level level = contents.get(at).level().orElse(Level.IV);
            if (level.isGraverThan(contents.get(gravest).level().orElse(Level.IV))) {
                gravest = at;
            }
        }
        return gravest;
    }

    private static Map<String, RoaringBitmap> byLanguage(
            Way way, Content content, RoaringBitmap numbers, RegistryView registry) {
        Map<String, RoaringBitmap> byLanguage = new LinkedHashMap<>();
        if (content.translations().size() == 1 || way.capabilities().addressing() instanceof Addressing.Terminal) {
            byLanguage.put(content.in("zh-CN").language(), numbers);
            return byLanguage;
        }
        Map<String, Info> found = new LinkedHashMap<>();
        numbers.forEach((int number) -> {
            Info info = found.computeIfAbsent(registry.people().language(number), content::in);
            byLanguage
                    .computeIfAbsent(info.language(), unknown -> new RoaringBitmap())
                    .add(number);
        });
        return byLanguage;
    }

    /** Over the links: who had one before keeps it, the rest by operator and weight, each of neighbours. */
    private static void spread(
            Way way,
            String notice,
            RoaringBitmap numbers,
            List<Plan> earlier,
            RegistryView registry,
            List<Plan.Group> groups) {
        boolean terminals = way.capabilities().addressing() instanceof Addressing.Terminal;
        RoaringBitmap left = numbers.clone();
        Map<String, RoaringBitmap> byLink = new LinkedHashMap<>();
        for (Share link : way.links()) {
            RoaringBitmap kept = new RoaringBitmap();
            for (Plan plan : earlier) {
                for (Plan.Group group : plan.groups()) {
                    if (group.link().equals(link.spec().id())) {
                        kept.or(RoaringBitmap.and(left, group.numbers()));
                    }
                }
            }
            left.andNot(kept);
            byLink.put(link.spec().id(), kept);
        }
        byOperator(way, left, registry)
                .forEach((operator, part) -> share(candidates(way.links(), operator), part, byLink));
        for (Share link : way.links()) {
            RoaringBitmap mine = byLink.getOrDefault(link.spec().id(), new RoaringBitmap());
            if (!mine.isEmpty()) {
                int batch = Math.max(
                        1,
                        Math.min(way.capabilities().largestBatch(), link.spec().mostOutstanding() / 4));
                groups.add(new Plan.Group(way.name(), link.spec().id(), notice, terminals, batch, mine));
            }
        }
    }

    private static void removeOptedOut(Way way, RoaringBitmap numbers, RegistryView registry) {
        Predicate<String> optedOut = way.optedOut();
        if (optedOut == null || !(way.capabilities().addressing() instanceof Addressing.Person person)) {
            return;
        }
        for (int number : numbers.toArray()) {
            String address = registry.people().address(person.column(), number);
            if (address != null && optedOut.test(address)) {
                numbers.remove(number);
            }
        }
    }

    private static Map<String, RoaringBitmap> byOperator(Way way, RoaringBitmap numbers, RegistryView registry) {
        Map<String, RoaringBitmap> parts = new TreeMap<>();
        Operators operators = way.operators();
        if (operators == null || !(way.capabilities().addressing() instanceof Addressing.Person person)) {
            parts.put(Operators.UNKNOWN, numbers);
            return parts;
        }
        numbers.forEach((int number) -> {
            String address = registry.people().address(person.column(), number);
            parts.computeIfAbsent(
                            address == null ? Operators.UNKNOWN : operators.of(address), unknown -> new RoaringBitmap())
                    .add(number);
        });
        return parts;
    }

    /** Those meant for the operator; else those that take foreign numbers; else all, so that a carrier decides. */
    private static List<Share> candidates(List<Share> links, String operator) {
        List<Share> meant = links.stream().filter(link -> link.isFor(operator)).toList();
        if (!meant.isEmpty()) {
            return meant;
        }
        List<Share> open = links.stream().filter(link -> link.terms().foreign()).toList();
        return open.isEmpty() ? links : open;
    }

    private static void share(List<Share> links, RoaringBitmap numbers, Map<String, RoaringBitmap> byLink) {
        int rest = numbers.getCardinality();
        double all = links.stream().mapToDouble(Share::weight).sum();
        double before = 0;
        for (int at = 0; at < links.size(); at++) {
            Share link = links.get(at);
            int from = (int) (rest * (before / all));
            before += link.weight();
            // The last one's end is all of them, whatever the rounding.
            int to = at == links.size() - 1 ? rest : (int) (rest * (before / all));
            RoaringBitmap part = numbers.limit(to);
            part.andNot(numbers.limit(from));
            byLink.merge(link.spec().id(), part, (one, other) -> {
                one.or(other);
                return one;
            });
        }
    }
}
