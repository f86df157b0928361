package org.tocsin.gateway.dispatch;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.channel.Message;
import org.tocsin.channel.Notice;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.targeting.MeasuredArea;
import org.tocsin.gateway.targeting.Target;
import org.tocsin.gateway.targeting.TargetRefused;

/** The issues of this node: their plans, kept once, and their notices. May be used by any thread. */
final class IssueBook {
    private static final Logger LOG = LoggerFactory.getLogger(IssueBook.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** How many plans are kept at hand: each costs some bitmaps of the county. The others are read when asked for. */
    private static final int MOST_PLANS = 64;

    /** An issue that was begun here. */
    record Begun(Issue issue, Map<String, Notice> notices) {}

    private record Known(Plan plan, boolean sealed) {}

    private final Plans plans;
    private final Seals seals;
    private final AudienceSource sources;
    private final SendingCare care;
    private final Object reading = new Object();
    private final Map<String, Begun> begun = new ConcurrentHashMap<>();
    private final Map<String, Known> known =
            Collections.synchronizedMap(new LinkedHashMap<>(MOST_PLANS * 2, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                    return size() > MOST_PLANS;
                }
            });

    IssueBook(Plans plans, Seals seals, AudienceSource sources, SendingCare care) {
        this.care = care;
        this.plans = plans;
        this.seals = seals;
        this.sources = sources;
    }

    /** Whether the issue was begun here. */
    boolean isBegun(String issue) {
        return begun.containsKey(issue);
    }

    @Nullable
    Notice notice(String issue, String key) {
        Begun found = begun.get(issue);
        return found == null ? null : found.notices().get(key);
    }

    /** The issues before this one; none where it was not begun here. */
    List<String> predecessors(String issue) {
        Begun found = begun.get(issue);
        return found == null ? List.of() : found.issue().predecessors();
    }

    /** The plan of an issue; empty where it never was planned. Blocks for an issue that was not begun here. */
    Optional<Plan> plan(String issue) {
        return known(issue).map(Known::plan);
    }

    /** Whether an issue is sealed: then its links know nothing of it any more. Blocks as {@link #plan} does. */
    boolean isSealed(String issue) {
        return known(issue).map(Known::sealed).orElse(false);
    }

    /** An issue is sealed from now on. */
    void seal(String issue) {
        synchronized (reading) {
            known.remove(issue);
        }
        begun.remove(issue);
    }

    private Optional<Known> known(String issue) {
        Known found = known.get(issue);
        if (found != null) {
            return Optional.of(found);
        }
        // Whoever reads while the issue is being sealed must not put back that it is not.
        synchronized (reading) {
            Optional<Known> read = plans.plan(issue)
                    .map(Plan::decode)
                    .map(plan -> new Known(plan, seals.sealed(Set.of(issue)).contains(issue)));
            read.ifPresent(there -> known.put(issue, there));
            return read;
        }
    }

    /** Plans an issue, or reads the plan that is there. Blocks. */
    Plan begin(Issue issue, List<Planner.Way> ways, Instant now) {
        Optional<Plan> there = plan(issue.id());
        if (there.isEmpty() && !seals.sealed(Set.of(issue.id())).isEmpty()) {
            // Its plan was let go of: a new one would send it to everybody again.
            throw new IllegalStateException("issue " + issue.id() + " is sealed");
        }
        Plan plan = there.isPresent() ? there.get() : make(issue, ways, now);
        known.put(issue.id(), new Known(plan, false));
        begun.putIfAbsent(issue.id(), new Begun(issue, notices(issue)));
        return plan;
    }

    private Plan make(Issue issue, List<Planner.Way> ways, Instant now) {
        List<Content> contents = contents(issue);
        RegistryView view = sources.registry().view();
        List<Plan> earlier = new ArrayList<>();
        issue.predecessors().forEach(id -> plan(id).ifPresent(earlier::add));
        Optional<Target> target = target(issue, contents, view, now, !earlier.isEmpty());
        Plan plan = Planner.plan(
                issue,
                contents,
                target.map(found -> found.parts(issue.alert().status())).orElse(List.of()),
                target.map(found -> MeasuredArea.of(found, view.terminals()))
                        .orElseGet(() -> earlier.isEmpty()
                                ? MeasuredArea.NONE
                                : earlier.get(earlier.size() - 1).area()),
                earlier,
                ways,
                view,
                now);
        Map<String, Map<String, String>> words = new TreeMap<>();
        for (Plan.Group group : plan.groups()) {
            Content content = contents.get(Planner.contentOf(group.notice()));
            Info info = content.in(Planner.languageOf(group.notice()));
            Message message = sources.wording().render(issue.alert(), content, info, group.channel(), issue.level());
            Map<String, String> parts = new TreeMap<>(message.parts());
            words.put(group.notice(), parts);
        }
        try {
            return Plan.decode(plans.keep(issue.id(), plan.encode(), JSON.writeValueAsBytes(words)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Whom the issue is for now; empty where only those before it are left. */
    private Optional<Target> target(
            Issue issue, List<Content> contents, RegistryView view, Instant now, boolean hasEarlier) {
        try {
            return Optional.of(sources.targeting().target(contents, issue.audience(), view, now));
        } catch (TargetRefused nobody) {
            if (!hasEarlier) {
                throw new IllegalStateException(
                        "issue " + issue.id() + " cannot be targeted: " + nobody.getMessage(), nobody);
            }
            LOG.warn("issue {} goes to those before it alone: {}", issue.id(), nobody.getMessage());
            return Optional.empty();
        }
    }

    /** What the issue says; drafting has given a Cancel without infos the all-clear of the issue before it. */
    private static List<Content> contents(Issue issue) {
        List<Content> contents = Content.of(issue.alert());
        if (contents.isEmpty()) {
            throw new IllegalArgumentException("issue " + issue.id() + " has no info to send");
        }
        return contents;
    }

    private Map<String, Notice> notices(Issue issue) {
        byte[] kept = plans.notices(issue.id()).orElseThrow(() -> new IllegalStateException("no notices are kept"));
        Map<String, Notice> notices = new LinkedHashMap<>();
        List<Content> contents = contents(issue);
        try {
            Map<String, Map<String, String>> words = JSON.readValue(kept, new TypeReference<>() {});
            words.forEach((key, parts) -> {
                Info info = contents.get(Planner.contentOf(key)).in(Planner.languageOf(key));
                Message message =
                        new Message(info.language(), parts, care.style().of(issue.id(), issue.level()));
                notices.put(
                        key,
                        new Notice(
                                issue.warning(),
                                issue.id(),
                                issue.alert(),
                                info,
                                issue.level(),
                                message,
                                issue.expires()));
            });
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return notices;
    }
}
