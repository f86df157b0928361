package org.tocsin.channel.wechat;

import java.time.Duration;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/** What the platform's error codes mean for a send. */
final class Errcodes {
    static final Duration AFTER_REFUSED_ACCOUNT = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration AFTER_QUOTA = Duration.ofMinutes(1);

    private Errcodes() {}

    /** Whether a code says that the access token is of no use any more. */
    static boolean tokenIsRefused(int code) {
        return code == 40001 || code == 40014 || code == 42001;
    }

    /** The outcome of a code other than 0. What is not the addressee's fault is deferred, and so is the unknown. */
    static Outcome outcome(int code) {
        String text = Integer.toString(code);
        return switch (code) {
            case -1 -> new Outcome.Deferred(Reason.CARRIER_ERROR, text, SOON);
            case 40003 -> new Outcome.Rejected(Reason.INVALID_ADDRESS, text);
            case 43004 -> new Outcome.Rejected(Reason.UNKNOWN_SUBSCRIBER, text);
            case 43019, 43101 -> new Outcome.Rejected(Reason.OPTED_OUT, text);
            // The template is unknown or banned, or its fields do not fit.
            case 40036, 40037, 43116, 47001, 47003 -> new Outcome.Rejected(Reason.CONTENT_REFUSED, text);
            case 45002 -> new Outcome.Rejected(Reason.TOO_LONG, text);
            case 45009 -> new Outcome.Deferred(Reason.QUOTA, text, AFTER_QUOTA);
            case 45011, 43117 -> new Outcome.Deferred(Reason.THROTTLED, text, LATER);
            // Bad token, appid or secret; address not on the account's list; no right to the API; account frozen.
            case 40001, 40002, 40013, 40014, 40125, 40164, 41001, 41002, 41004, 42001, 48001, 50001, 50002 ->
                new Outcome.Deferred(Reason.UNAUTHORISED, text, AFTER_REFUSED_ACCOUNT);
            // A duplicate within 60 seconds: an earlier send was taken, and its answer lost.
            case 40241 -> new Outcome.Deferred(Reason.UNANSWERED, text, AFTER_QUOTA);
            default -> new Outcome.Deferred(Reason.UNKNOWN_CODE, text, LATER);
        };
    }
}
