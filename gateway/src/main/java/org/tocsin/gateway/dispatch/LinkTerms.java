package org.tocsin.gateway.dispatch;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Terms;
import org.tocsin.gateway.registry.PhoneNumber;

/**
 * What routing needs to know of a link beside its connection; read from its settings.
 *
 * @param terms whose it is and what it costs
 * @param foreign whether it also takes numbers of other operators than its own
 * @param monthlyLimit the most that may be spent by it in a calendar month, in thousandths of the currency's unit; 0
 *     means no limit
 * @param limitStopsAll whether the limit also stops levels I and II
 * @param probe the number to which the link is tested, as {@link PhoneNumber} makes it; empty for no test
 */
public record LinkTerms(Terms terms, boolean foreign, long monthlyLimit, boolean limitStopsAll, String probe) {
    /** The names of the settings that no channel is told. */
    private static final Set<String> OWN = Set.of("foreign", "monthlyLimit", "limitStopsAll", "probe");

    private static final Set<String> OWN_AND_TERMS =
            Set.of("foreign", "monthlyLimit", "limitStopsAll", "probe", "provider", "operator", "price");

    private static final int MOST_UNITS = 1_000_000_000;
    private static final long THOUSANDTHS = 1_000;

    /**
     * Reads {@code foreign} ({@code true}), {@code monthlyLimit} (0) in the currency's units, {@code limitStopsAll}
     * ({@code false}) and {@code probe}, beside what {@link Terms} reads.
     *
     * @throws org.tocsin.channel.InvalidSettings when they are wrong; names all of them
     */
    public static LinkTerms of(LinkSpec spec) {
        LinkSettings own = new LinkSettings(spec.id(), ownOf(spec.settings()));
        boolean foreign = flag(own, "foreign", true);
        long limit = own.integer("monthlyLimit", 0, 0, MOST_UNITS) * THOUSANDTHS;
        boolean all = flag(own, "limitStopsAll", false);
        String given = own.text("probe", "");
        String probe = given.isEmpty() ? "" : PhoneNumber.normal(given);
        if (probe == null) {
            own.problem("probe", "must be a telephone number, was '" + given + "'");
            probe = "";
        }
        Terms terms = Terms.read(own);
        own.check();
        return new LinkTerms(terms, foreign, limit, all, probe);
    }

    /** Whether its terms know no operator. */
    boolean isForAll() {
        return terms.operator().equals("any");
    }

    /** The settings that a channel is told. */
    static Map<String, String> forTheChannel(Map<String, String> settings) {
        Map<String, String> rest = new HashMap<>(settings);
        rest.keySet().removeAll(OWN);
        return rest;
    }

    private static Map<String, String> ownOf(Map<String, String> settings) {
        Map<String, String> own = new HashMap<>(settings);
        own.keySet().retainAll(OWN_AND_TERMS);
        return own;
    }

    private static boolean flag(LinkSettings own, String name, boolean otherwise) {
        String value = own.text(name, Boolean.toString(otherwise));
        if (!value.equals("true") && !value.equals("false")) {
            own.problem(name, "must be true or false, was '" + value + "'");
        }
        return value.equals("true");
    }
}
