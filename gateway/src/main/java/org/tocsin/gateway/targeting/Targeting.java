package org.tocsin.gateway.targeting;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tocsin.alert.Content;
import org.tocsin.gateway.registry.RegistryView;

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
     * @param audience a name or an expression: names joined by {@code +} (and also), {@code -} (but not), {@code &}
     *     (who are both), with brackets
     * @param registry the registry
     * @param at when it is sent, for the hours at which terminals are shared
     * @throws TargetRefused for an area or audience of which nothing is known, and where nobody and nothing is left
     */
    public Target target(List<Content> contents, String audience, RegistryView registry, Instant at)
            throws TargetRefused {
        if (contents.isEmpty()) {
            throw new TargetRefused(List.of(new TargetProblem.EmptyTarget(audience)));
        }
        throw new UnsupportedOperationException(settings.zone() + " " + at + registry.generation());
    }

    /** What is unknown of the areas; empty where all is known. */
    public List<TargetProblem> problems(List<Content> contents, RegistryView registry) {
        if (contents.isEmpty()) {
            return List.of();
        }
        throw new UnsupportedOperationException("" + registry.generation());
    }

    /** Whom the target could reach. */
    public Estimate estimate(Target target, RegistryView registry) {
        if (target.atoms().isEmpty()) {
            return new Estimate(0, 0, 0, 0, Map.of(), Map.of(), Map.of());
        }
        throw new UnsupportedOperationException("" + registry.generation());
    }
}
