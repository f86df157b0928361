package org.tocsin.gateway.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tocsin.gateway.receipt.Bits;
import org.tocsin.gateway.receipt.Claim;
import org.tocsin.gateway.receipt.LinkEvidence;

/** What an owner before left in the journal without an end: to be tried again. */
final class Leftovers {
    private Leftovers() {}

    /**
     * Finds it.
     *
     * @param evidence what the journal says
     * @param inFlight the claims that are still with our own channel
     * @param now in milliseconds since 1970
     * @param grace how long those wait of whom the carrier has said nothing, in milliseconds
     */
    static List<Slice> of(LinkEvidence evidence, Set<Long> inFlight, long now, long grace) {
        List<Slice> slices = new ArrayList<>();
        Map<String, Bits> seen = new HashMap<>();
        List<Claim> claims = evidence.claims();
        for (int at = claims.size() - 1; at >= 0; at--) {
            Claim claim = claims.get(at);
            if (claim.lane() == Claim.FOR_THE_RECORD) {
                continue;
            }
            Bits newer = seen.computeIfAbsent(claim.issue(), unknown -> new Bits());
            int[] fresh = Arrays.stream(claim.numbers()).filter(newer::set).toArray();
            if (!inFlight.contains(claim.id())) {
                String issue = claim.issue();
                add(slices, claim, now + grace, fresh, number -> evidence.isUncertain(issue, number));
                add(slices, claim, now, fresh, number -> evidence.isWaiting(issue, number));
            }
        }
        return slices;
    }

    private static void add(
            List<Slice> slices, Claim claim, long notBefore, int[] numbers, java.util.function.IntPredicate left) {
        int[] again = Arrays.stream(numbers).filter(left).toArray();
        if (again.length > 0) {
            LaneBatch batch = new LaneBatch(
                    claim.batch(),
                    claim.warning(),
                    claim.issue(),
                    claim.notice(),
                    claim.lane(),
                    claim.terminals(),
                    claim.generation(),
                    String.join(",", LaneBatch.triedBy(claim.batch())),
                    again);
            slices.add(new Slice(batch, null, 2, notBefore, again));
        }
    }
}
