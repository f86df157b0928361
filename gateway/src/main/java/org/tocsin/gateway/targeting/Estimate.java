package org.tocsin.gateway.targeting;

import java.util.Map;

/**
 * Whom a warning could reach, before it is sent.
 *
 * @param residents the residents of the area
 * @param villages the villages that the area holds or touches
 * @param cutVillages of those, the ones of which it holds only a part
 * @param persons the registered persons of the audience in the area
 * @param personsByColumn of those, the ones with an address, by column: phone, openid, appToken, email
 * @param terminalsByKind the terminals that would be used, by kind
 * @param servedByKind the residents whom those terminals serve, by kind, at most each village's residents
 */
public record Estimate(
        long residents,
        int villages,
        int cutVillages,
        int persons,
        Map<String, Integer> personsByColumn,
        Map<String, Integer> terminalsByKind,
        Map<String, Long> servedByKind) {
    /** Copies the maps. */
    public Estimate {
        personsByColumn = Map.copyOf(personsByColumn);
        terminalsByKind = Map.copyOf(terminalsByKind);
        servedByKind = Map.copyOf(servedByKind);
    }
}
