package org.tocsin.channel.sms;

import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/**
 * The seven characters by which CMPP, SMGP and SMPP's receipts say what became of a message, and what they prove.
 * Source: CMPP 3.0 (QB-GF-028-2003), report and appendix on Stat.
 */
final class Stat {
    private Stat() {}

    /**
     * What it proves. Of a message of which no report came from the next centre (MC:xxxx, IC:xxxx) nobody knows whether
     * it arrived.
     */
    static Evidence evidence(String stat) {
        return switch (stat) {
            case "DELIVRD" -> Evidence.DELIVERED;
            case "EXPIRED", "DELETED", "UNDELIV", "REJECTD" -> Evidence.FAILED;
            case "ACCEPTD", "ENROUTE" -> Evidence.IN_PROGRESS;
            default -> isNodesError(stat) ? Evidence.FAILED : Evidence.UNKNOWN;
        };
    }

    /** Why it failed; null where it did not. */
    static @Nullable Reason reason(String stat) {
        if (evidence(stat) != Evidence.FAILED) {
            return null;
        }
        if (stat.equals("EXPIRED")) {
            return Reason.UNREACHABLE;
        }
        return isNodesError(stat) ? Reason.CARRIER_ERROR : Reason.UNDELIVERABLE;
    }

    /** MA, CA, DA, SA, IA: a node on the way did not answer; MB, CB, DB, SB, IB: it answered with an error. */
    private static boolean isNodesError(String stat) {
        return stat.length() >= 3
                && "MCDSI".indexOf(stat.charAt(0)) >= 0
                && (stat.charAt(1) == 'A' || stat.charAt(1) == 'B')
                && stat.charAt(2) == ':';
    }
}
