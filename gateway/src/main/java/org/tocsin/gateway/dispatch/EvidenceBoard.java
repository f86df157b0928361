package org.tocsin.gateway.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.receipt.Bits;
import org.tocsin.gateway.receipt.EvidenceMerge;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.receipt.LinkEvidence;
import org.tocsin.gateway.receipt.SealedRoutes;

/**
 * The issues' evidence, put together of all links. While an issue changes it is merged at most every {@code interval},
 * and those who ask meanwhile share what is there; whoever asks never gets anything older than what was given before.
 * May be used by any thread.
 */
final class EvidenceBoard {
    /** How many issues are kept merged: each costs some bitmaps of the county. */
    private static final int MOST_SHEETS = 16;

    /** The links as they are now. */
    interface Sources {
        /** By channel's name what its links know, by their ids. */
        Map<String, Map<String, LinkEvidence>> links();

        /** For how long after it was sent a channel may report a delivery; zero where it never reports any. */
        Duration reportsWithin(String channel);

        /** The time. */
        Instant now();
    }

    private record Part(boolean terminals, Map<String, Bits> planned) {}

    private static final class Sheet {
        final Plan plan;
        final Map<String, Part> parts;
        volatile @Nullable IssueEvidence latest;
        volatile long mergedAt;
        volatile Instant holdsUntil = Instant.MAX;

        Sheet(Plan plan) {
            this.plan = plan;
            this.parts = parts(plan);
        }
    }

    private final Sources sources;
    private final LongSupplier nanos;
    private final long interval;
    private final Map<String, AtomicLong> versions = new ConcurrentHashMap<>();
    private final Map<String, Sheet> sheets = new LinkedHashMap<>(MOST_SHEETS * 2, 0.75f, true);

    EvidenceBoard(Sources sources, LongSupplier nanos, Duration interval) {
        this.sources = sources;
        this.nanos = nanos;
        this.interval = interval.toNanos();
    }

    /** What links know of an issue has changed. */
    void changed(String issue) {
        version(issue).incrementAndGet();
    }

    /** The evidence of a planned issue, at most {@code interval} behind. */
    IssueEvidence read(Plan plan) {
        Sheet sheet = sheet(plan);
        IssueEvidence known = sheet.latest;
        if (known != null && (isCurrent(sheet, known) || nanos.getAsLong() - sheet.mergedAt < interval)) {
            return known;
        }
        return merge(sheet);
    }

    /** The evidence of a planned issue with all that was said to have changed before the call. */
    IssueEvidence refresh(Plan plan) {
        return merge(sheet(plan));
    }

    /** The evidence of a sealed issue, which does not change: what is at hand, else what is read. */
    Optional<IssueEvidence> sealed(Plan plan, Supplier<Optional<byte[]>> archive) {
        Sheet sheet = sheet(plan);
        synchronized (sheet) {
            if (sheet.latest == null) {
                archive.get()
                        .ifPresent(kept -> sheet.latest = SealedRoutes.read(kept, channelParts(plan, Instant.MAX)));
            }
            return Optional.ofNullable(sheet.latest);
        }
    }

    /** Lets go of what is at hand of an issue. */
    void forget(String issue) {
        synchronized (sheets) {
            sheets.remove(issue);
        }
        versions.remove(issue);
    }

    /** The issues whose evidence has changed by time alone: no report can come any more on some channel. */
    List<String> overtaken() {
        Instant now = sources.now();
        synchronized (sheets) {
            return sheets.values().stream()
                    .filter(sheet -> !now.isBefore(sheet.holdsUntil))
                    .map(sheet -> sheet.plan.issue())
                    .toList();
        }
    }

    /** The channels of a plan, as they are merged now. */
    List<EvidenceMerge.ChannelPart> channelParts(Plan plan) {
        return channelParts(plan, sources.now());
    }

    private List<EvidenceMerge.ChannelPart> channelParts(Plan plan, Instant now) {
        List<EvidenceMerge.ChannelPart> channels = new ArrayList<>();
        parts(plan)
                .forEach((channel, part) -> channels.add(new EvidenceMerge.ChannelPart(
                        channel,
                        part.terminals(),
                        now.isBefore(plan.made().plus(sources.reportsWithin(channel))),
                        part.planned())));
        return channels;
    }

    private IssueEvidence merge(Sheet sheet) {
        synchronized (sheet) {
            IssueEvidence known = sheet.latest;
            if (known != null && isCurrent(sheet, known)) {
                return known;
            }
            long begun = nanos.getAsLong();
            Instant now = sources.now();
            AtomicLong changes = version(sheet.plan.issue());
            // What time alone has changed is a new version too.
            long version = now.isBefore(sheet.holdsUntil) ? changes.get() : changes.incrementAndGet();
            Instant holdsUntil = Instant.MAX;
            List<EvidenceMerge.ChannelPart> parts = new ArrayList<>();
            for (Map.Entry<String, Part> channel : sheet.parts.entrySet()) {
                Instant end = sheet.plan.made().plus(sources.reportsWithin(channel.getKey()));
                boolean reports = now.isBefore(end);
                if (reports && end.isBefore(holdsUntil)) {
                    holdsUntil = end;
                }
                Part part = channel.getValue();
                parts.add(new EvidenceMerge.ChannelPart(channel.getKey(), part.terminals(), reports, part.planned()));
            }
            IssueEvidence merged = EvidenceMerge.merge(sheet.plan.issue(), version, parts, sources.links());
            sheet.holdsUntil = holdsUntil;
            sheet.mergedAt = begun;
            sheet.latest = merged;
            return merged;
        }
    }

    private boolean isCurrent(Sheet sheet, IssueEvidence known) {
        return known.version() == version(sheet.plan.issue()).get()
                && sources.now().isBefore(sheet.holdsUntil);
    }

    private AtomicLong version(String issue) {
        return versions.computeIfAbsent(issue, unknown -> new AtomicLong());
    }

    private Sheet sheet(Plan plan) {
        synchronized (sheets) {
            Sheet found = sheets.get(plan.issue());
            if (found == null) {
                found = new Sheet(plan);
                sheets.put(plan.issue(), found);
                if (sheets.size() > MOST_SHEETS) {
                    sheets.remove(sheets.keySet().iterator().next());
                }
            }
            return found;
        }
    }

    private static Map<String, Part> parts(Plan plan) {
        Map<String, Part> parts = new TreeMap<>();
        for (Plan.Group group : plan.groups()) {
            parts.computeIfAbsent(group.channel(), unknown -> new Part(group.terminals(), new LinkedHashMap<>()))
                    .planned()
                    .merge(group.link(), Bits.of(group.numbers()), Bits::or);
        }
        return parts;
    }
}
