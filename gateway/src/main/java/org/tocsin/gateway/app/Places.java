package org.tocsin.gateway.app;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.TargetProblem;
import org.tocsin.gateway.targeting.TargetRefused;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.validation.AreaKnowledge;
import org.tocsin.gateway.validation.Problem;

/** What the registry and targeting know of an area, as validation and approval ask for it. */
final class Places implements AreaKnowledge, AlertFacts.Villages {
    private final Targeting targeting;
    private final Registry registry;
    private final InstantSource clock;

    Places(Targeting targeting, Registry registry, InstantSource clock) {
        this.targeting = targeting;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public List<Problem> examine(Alert alert) {
        try {
            var unused = targeting.target(
                    Content.of(alert),
                    Wishes.of(alert).audiences().iterator().next(),
                    registry.view(),
                    clock.instant());
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
        try {
            return targeting.target(contentOf(area), "residents", registry.view(), clock.instant()).atoms().stream()
                    .map(Atom::code)
                    .collect(Collectors.toSet());
        } catch (TargetRefused unknown) {
            return Set.of();
        }
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
