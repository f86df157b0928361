package org.tocsin.channel;

import java.util.Set;

/**
 * Whose a link is and what it costs: what routing between links needs to know, read from the link's settings by the
 * channel and the gateway alike.
 *
 * @param provider the provider's name
 * @param operator whose subscribers the link is meant for; {@code any} where it reaches all alike
 * @param price what one piece (SMS segment) costs, in thousandths of the currency's unit (厘); 0 where it is free or
 *     nobody said
 */
public record Terms(String provider, String operator, int price) {
    /** The operators: China Mobile, Unicom, Telecom, Broadnet; or any. */
    public static final Set<String> OPERATORS = Set.of("mobile", "unicom", "telecom", "broadnet", "any");

    private static final int DEAREST = 1_000_000;

    /**
     * Reads {@code provider} (default: the link's id), {@code operator} ({@code any}) and {@code price} (0); what is
     * wrong is told by {@link LinkSettings#check}.
     */
    public static Terms read(LinkSettings from) {
        String operator = from.text("operator", "any");
        if (!OPERATORS.contains(operator)) {
            from.problem("operator", "must be mobile, unicom, telecom, broadnet or any, was '" + operator + "'");
        }
        return new Terms(from.text("provider", from.link()), operator, from.integer("price", 0, 0, DEAREST));
    }
}
