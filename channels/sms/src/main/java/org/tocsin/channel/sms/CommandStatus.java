package org.tocsin.channel.sms;

import java.time.Duration;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/** What a command_status other than 0 means for a submit. Source: SMPP 3.4 issue 1.2, 5.1.3. */
final class CommandStatus {
    static final int OK = 0x00;
    static final int INVALID_COMMAND = 0x03;
    static final int ALREADY_BOUND = 0x05;
    static final int BIND_FAILED = 0x0D;
    static final int INVALID_PASSWORD = 0x0E;
    static final int INVALID_SYSTEM_ID = 0x0F;
    static final int TEMPORARY_APPLICATION_ERROR = 0x64;
    static final int REJECTED_BY_APPLICATION = 0x66;

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private CommandStatus() {}

    /** Whether a bind that was refused so will be refused again until somebody changes the account or its settings. */
    static boolean refusesAccount(int status) {
        return switch (status) {
            case BIND_FAILED, INVALID_PASSWORD, INVALID_SYSTEM_ID, 0x53 -> true;
            default -> false;
        };
    }

    /** The outcome of a submit that was answered with this status, which is not 0; the code is kept as received. */
    static Outcome outcome(int status) {
        String code = code(status);
        return switch (status) {
            // RTHROTTLED, RMSGQFUL
            case 0x58, 0x14 -> new Outcome.Deferred(Reason.THROTTLED, code, SOON);
            // RINVBNDSTS, RSYSERR, RSUBMITFAIL, RX_T_APPN, RUNKNOWNERR
            case 0x04, 0x08, 0x45, 0x64, 0xFF -> new Outcome.Deferred(Reason.CARRIER_ERROR, code, LATER);
            default -> new Outcome.Rejected(refusal(status), code);
        };
    }

    private static Reason refusal(int status) {
        return switch (status) {
            // RINVMSGLEN
            case 0x01 -> Reason.TOO_LONG;
            // RINVDSTADR, RINVDSTTON, RINVDSTNPI
            case 0x0B, 0x50, 0x51 -> Reason.INVALID_ADDRESS;
            // RINVSRCADR, RINVSERTYP, RINVSRCTON, RINVSRCNPI, RINVSYSTYP
            case 0x0A, 0x15, 0x48, 0x49, 0x53 -> Reason.UNAUTHORISED;
            // RX_P_APPN, RX_R_APPN, RDELIVERYFAILURE
            case 0x65, 0x66, 0xFE -> Reason.UNDELIVERABLE;
            // What only a PDU of ours that is wrong can bring: length, command, flags, times, TLVs.
            case 0x02, 0x03, 0x06, 0x07, 0x33, 0x34, 0x40, 0x42, 0x43, 0x44, 0x54, 0x55, 0x61, 0x62, 0x63 ->
                Reason.INTERNAL;
            case 0xC0, 0xC1, 0xC2, 0xC3, 0xC4 -> Reason.INTERNAL;
            default -> Reason.UNKNOWN_CODE;
        };
    }

    /** A status as received, such as {@code 0x0000000B}. */
    static String code(int status) {
        return "0x%08X".formatted(status);
    }
}
