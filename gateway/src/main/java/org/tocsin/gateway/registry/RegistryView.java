package org.tocsin.gateway.registry;

import java.util.Map;

/**
 * The registry at one moment. It never changes; numbers in it mean the same in every later view of the same generation.
 *
 * @param generation 1 …
 * @param divisions the divisions
 * @param people the people
 * @param terminals the terminals
 * @param audiences by name, in the order of their definition
 */
public record RegistryView(
        int generation, Divisions divisions, People people, Terminals terminals, Map<String, Audience> audiences) {}
