package org.tocsin.gateway.receipt;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/** The numbers by which the journal writes evidence and reasons. Part of its format: add at the end, change nothing. */
final class JournalCodes {
    private static final List<Evidence> EVIDENCE = List.of(
            Evidence.IN_PROGRESS,
            Evidence.DELIVERED,
            Evidence.SHOWN,
            Evidence.ANSWERED,
            Evidence.FAILED,
            Evidence.UNKNOWN);
    private static final List<Reason> REASONS = List.of(
            Reason.NO_ADDRESS,
            Reason.INVALID_ADDRESS,
            Reason.UNKNOWN_SUBSCRIBER,
            Reason.OPTED_OUT,
            Reason.NOT_A_PROBE,
            Reason.CONTENT_REFUSED,
            Reason.TOO_LONG,
            Reason.UNAUTHORISED,
            Reason.QUOTA,
            Reason.THROTTLED,
            Reason.CARRIER_ERROR,
            Reason.LINK_DOWN,
            Reason.UNANSWERED,
            Reason.UNREACHABLE,
            Reason.DEVICE_FAULT,
            Reason.UNDELIVERABLE,
            Reason.EXPIRED,
            Reason.DROPPED,
            Reason.INTERNAL,
            Reason.UNKNOWN_CODE);
    private static final Map<Evidence, Integer> CODE_OF_EVIDENCE = new EnumMap<>(Evidence.class);
    private static final Map<Reason, Integer> CODE_OF_REASON = new EnumMap<>(Reason.class);

    static {
        EVIDENCE.forEach(evidence -> CODE_OF_EVIDENCE.put(evidence, CODE_OF_EVIDENCE.size()));
        REASONS.forEach(reason -> CODE_OF_REASON.put(reason, CODE_OF_REASON.size()));
    }

    private JournalCodes() {}

    static int code(Evidence evidence) {
        Integer code = CODE_OF_EVIDENCE.get(evidence);
        if (code == null) {
            throw new IllegalStateException("the journal has no number for " + evidence);
        }
        return code;
    }

    static int code(Reason reason) {
        Integer code = CODE_OF_REASON.get(reason);
        if (code == null) {
            throw new IllegalStateException("the journal has no number for " + reason);
        }
        return code;
    }

    static Evidence evidence(int code) {
        if (code >= EVIDENCE.size()) {
            throw new CorruptJournal("evidence " + code);
        }
        return EVIDENCE.get(code);
    }

    static Reason reason(int code) {
        if (code >= REASONS.size()) {
            throw new CorruptJournal("reason " + code);
        }
        return REASONS.get(code);
    }
}
