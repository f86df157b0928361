package org.tocsin.gateway.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
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
     * @param links its links, those that can take batches first
     */
    record Way(String name, Capabilities capabilities, List<LinkSpec> links) {}

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
                byLanguage(way, contents.get(content), allowed, registry)
                        .forEach((language, numbers) ->
                                spread(way, way.name() + "/" + content + "/" + language, numbers, earlier, groups));
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

    /** Over the links: who had one before keeps it, the rest in equal parts, each of neighbours. */
    private static void spread(
            Way way, String notice, RoaringBitmap numbers, List<Plan> earlier, List<Plan.Group> groups) {
        boolean terminals = way.capabilities().addressing() instanceof Addressing.Terminal;
        RoaringBitmap left = numbers.clone();
        Map<String, RoaringBitmap> byLink = new LinkedHashMap<>();
        for (LinkSpec link : way.links()) {
            RoaringBitmap kept = new RoaringBitmap();
            for (Plan plan : earlier) {
                for (Plan.Group group : plan.groups()) {
                    if (group.link().equals(link.id())) {
                        kept.or(RoaringBitmap.and(left, group.numbers()));
                    }
                }
            }
            left.andNot(kept);
            byLink.put(link.id(), kept);
        }
        int rest = left.getCardinality();
        for (int at = 0; at < way.links().size() && rest > 0; at++) {
            int from = (int) ((long) rest * at / way.links().size());
            int to = (int) ((long) rest * (at + 1) / way.links().size());
            RoaringBitmap share = left.limit(to);
            share.andNot(left.limit(from));
            byLink.merge(way.links().get(at).id(), share, (one, other) -> {
                one.or(other);
                return one;
            });
        }
        for (LinkSpec link : way.links()) {
            RoaringBitmap mine = byLink.getOrDefault(link.id(), new RoaringBitmap());
            if (!mine.isEmpty()) {
                int batch = Math.max(1, Math.min(way.capabilities().largestBatch(), link.mostOutstanding() / 4));
                groups.add(new Plan.Group(way.name(), link.id(), notice, terminals, batch, mine));
            }
        }
    }
}
