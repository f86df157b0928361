package org.tocsin.channel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal reports.
 *
 * @param issue what was told
 * @param evidence what it proves
 * @param reason why it failed; null unless it did
 * @param code the state as received, with the terminal's own code behind a colon where the state's meaning asks for it
 * @param at when, by the terminal's clock; null where it does not say, or not so that it can be read
 */
public record TerminalReport(
        String issue, Evidence evidence, @Nullable Reason reason, String code, @Nullable Instant at) {
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    /** The version of the format that is read here. */
    public static final int VERSION = 1;

    private static final int LONGEST_ISSUE = 200;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    /**
     * A report's fields as they came; empty where they are missing.
     *
     * @param version the format's version
     * @param issue what was told
     * @param state what the terminal says of it
     * @param code the terminal's own code
     * @param at a time with offset
     */
    public record Fields(int version, String issue, String state, String code, String at) {}

    /**
     * What a state means on a channel.
     *
     * @param evidence what it proves
     * @param reason why it failed; null unless it did
     * @param withCode whether the terminal's own code is kept beside the state
     */
    public record Meaning(Evidence evidence, @Nullable Reason reason, boolean withCode) {}

    /**
     * Reads a report from its fields.
     *
     * @param fields as they came, anything
     * @param meaning what a state means; asked only for a state that is a word
     * @return null where it is no report: another version, no issue or a too long one, no state
     */
    public static @Nullable TerminalReport of(Fields fields, Function<String, Meaning> meaning) {
        if (fields.version() != VERSION
                || fields.issue().isEmpty()
                || fields.issue().length() > LONGEST_ISSUE
                || !WORD.matcher(fields.state()).matches()) {
            return null;
        }
        Meaning means = meaning.apply(fields.state());
        boolean withCode = means.withCode() && WORD.matcher(fields.code()).matches();
        return new TerminalReport(
                fields.issue(),
                means.evidence(),
                means.reason(),
                withCode ? fields.state() + ":" + fields.code() : fields.state(),
                time(fields.at()));
    }

    private static @Nullable Instant time(String text) {
        try {
            OffsetDateTime at = OffsetDateTime.parse(text);
            // Java reads years that no count of milliseconds holds.
            return at.getYear() >= FIRST_YEAR && at.getYear() <= LAST_YEAR ? at.toInstant() : null;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
