package org.tocsin.gateway.app;

import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Urgency;
import org.tocsin.gateway.approval.AlertFacts;
import org.tocsin.gateway.intake.Wishes;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.Target;
import org.tocsin.gateway.targeting.TargetProblem;
import org.tocsin.gateway.targeting.TargetRefused;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.validation.AreaKnowledge;
import org.tocsin.gateway.validation.Problem;

/** What the registry and targeting know of an area, as validation and approval ask for it. */
final class Places implements AreaKnowledge, AlertFacts.Villages {
    /** Few: an area may hold 200,000 positions. */
    private static final int MOST_KNOWN = 8;

    private final Targeting targeting;
    private final Registry registry;
    private final InstantSource clock;
    /** What was asked lately: rights ask the same of an area at each act that validation has just found out. */
    private final Map<Area, Known> lately =
            Collections.synchronizedMap(new LinkedHashMap<>(2 * MOST_KNOWN, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Area, Known> eldest) {
                    return size() > MOST_KNOWN;
                }
            });

    /**
     * What was found out of an area.
     *
     * @param audience the audience that was looked for in it; null where none was
     * @param addressed whether persons of the audience live there: then it is no empty target, at whatever hour and
     *     level
     */
    private record Known(RegistryView view, Set<String> villages, @Nullable String audience, boolean addressed) {
        Known(RegistryView view, Set<String> villages) {
            this(view, villages, null, false);
        }

        boolean isSound(RegistryView now, String wanted) {
            return addressed && view.equals(now) && wanted.equals(audience);
        }
    }

    Places(Targeting targeting, Registry registry, InstantSource clock) {
        this.targeting = targeting;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public List<Problem> examine(Alert alert) {
        RegistryView view = registry.view();
        String audience = Wishes.of(alert).audiences().iterator().next();
        List<Area> areas = alert.infos().stream()
                .flatMap(info -> info.areas().stream())
                .distinct()
                .toList();
        Known known = areas.size() == 1 ? lately.get(areas.get(0)) : null;
        if (known != null && known.isSound(view, audience)) {
            return List.of();
        }
        try {
            Target target = targeting.target(Content.of(alert), audience, view, clock.instant());
            if (areas.size() == 1) {
                boolean addressed =
                        target.parts().stream().anyMatch(part -> !part.persons().isEmpty());
                lately.put(areas.get(0), new Known(view, villages(target), audience, addressed));
            }
            return List.of();
        } catch (TargetRefused refused) {
            return refused.problems().stream()
                    .map(problem -> placed(alert, problem))
                    .toList();
        }
    }

    private static Problem placed(Alert alert, TargetProblem problem) {
        if (problem instanceof TargetProblem.UnknownArea unknown) {
            return new Problem(
                    AreaKnowledge.place(alert, unknown.content(), unknown.area()),
                    code(unknown.why()),
                    unknown.message());
        }
        return problem instanceof TargetProblem.UnknownAudience
                ? new Problem("/alert/info[1]/parameter", AreaKnowledge.UNKNOWN_AUDIENCE, problem.message())
                : new Problem("/alert/info[1]/area[1]", AreaKnowledge.EMPTY_TARGET, problem.message());
    }

    private static String code(TargetProblem.Why why) {
        return switch (why) {
            case DIVISION -> AreaKnowledge.UNKNOWN_DIVISION;
            case NOWHERE -> AreaKnowledge.AREA_UNKNOWN;
            case INVALID -> AreaKnowledge.AREA_INVALID;
            case INTRICATE -> AreaKnowledge.AREA_TOO_INTRICATE;
        };
    }

    @Override
    public Set<String> in(Area area) {
        RegistryView view = registry.view();
        Known known = lately.get(area);
        if (known != null && known.view().equals(view)) {
            return known.villages();
        }
        Set<String> villages = find(area, view);
        lately.put(area, new Known(view, villages));
        return villages;
    }

    private Set<String> find(Area area, RegistryView view) {
        try {
            return villages(targeting.target(contentOf(area), "residents", view, clock.instant()));
        } catch (TargetRefused unknown) {
            return Set.of();
        }
    }

    private static Set<String> villages(Target target) {
        return target.atoms().stream().map(Atom::code).collect(Collectors.toUnmodifiableSet());
    }

    private static List<Content> contentOf(Area area) {
        return List.of(new Content(List.of(Info.of(
                Info.DEFAULT_LANGUAGE,
                List.of(Category.OTHER),
                "",
                Urgency.UNKNOWN,
                Severity.UNKNOWN,
                Certainty.UNKNOWN,
                List.of(area)))));
    }
}
