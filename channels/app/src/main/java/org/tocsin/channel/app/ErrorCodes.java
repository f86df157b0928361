package org.tocsin.channel.app;

import java.time.Duration;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/** What a platform's codes mean. */
final class ErrorCodes {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration AFTER_QUOTA = Duration.ofMinutes(1);

    private ErrorCodes() {}

    /** The outcome of a token's error; what is not its fault is deferred, and so is the unknown. */
    static Outcome outcome(String code) {
        return switch (code) {
            case "INVALID_TOKEN" -> new Outcome.Rejected(Reason.INVALID_ADDRESS, code);
            case "UNREGISTERED" -> new Outcome.Rejected(Reason.UNKNOWN_SUBSCRIBER, code);
            case "OPTED_OUT" -> new Outcome.Rejected(Reason.OPTED_OUT, code);
            case "CONTENT_REFUSED" -> new Outcome.Rejected(Reason.CONTENT_REFUSED, code);
            case "TOO_LONG" -> new Outcome.Rejected(Reason.TOO_LONG, code);
            case "QUOTA" -> new Outcome.Deferred(Reason.QUOTA, code, AFTER_QUOTA);
            case "THROTTLED" -> new Outcome.Deferred(Reason.THROTTLED, code, SOON);
            case "BUSY" -> new Outcome.Deferred(Reason.CARRIER_ERROR, code, SOON);
            default -> new Outcome.Deferred(Reason.UNKNOWN_CODE, code, LATER);
        };
    }

    /** Why a message failed for good. */
    static Reason failure(String code) {
        return switch (code) {
            case "" -> Reason.UNDELIVERABLE;
            case "UNREGISTERED" -> Reason.UNKNOWN_SUBSCRIBER;
            case "OPTED_OUT" -> Reason.OPTED_OUT;
            case "UNREACHABLE" -> Reason.UNREACHABLE;
            case "DEVICE_FAULT" -> Reason.DEVICE_FAULT;
            case "THROTTLED" -> Reason.THROTTLED;
            case "EXPIRED" -> Reason.EXPIRED;
            default -> Reason.UNKNOWN_CODE;
        };
    }
}
