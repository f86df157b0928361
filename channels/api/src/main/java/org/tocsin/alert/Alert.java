package org.tocsin.alert;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One message of a warning: an alert, an update or a cancel (CAP 1.2, section 3.2.1).
 *
 * @param identifier its name among the sender's alerts; no space, comma, &lt; or &amp;
 * @param sender who made it; no space, comma, &lt; or &amp;
 * @param sent when it was made, with its offset
 * @param status how to handle it
 * @param msgType what it does to those before
 * @param source the operator or device; null where not said
 * @param scope whom it is for
 * @param restriction the rule of a Restricted scope; null otherwise
 * @param addresses the recipients of a Private scope
 * @param codes special handling
 * @param note what an Exercise or Error is about; null where not said
 * @param references the alerts it speaks of
 * @param incidents the incidents it belongs to
 * @param infos what it says
 */
public record Alert(
        String identifier,
        String sender,
        OffsetDateTime sent,
        Status status,
        MsgType msgType,
        @Nullable String source,
        Scope scope,
        @Nullable String restriction,
        List<String> addresses,
        List<String> codes,
        @Nullable String note,
        List<Reference> references,
        List<String> incidents,
        List<Info> infos) {
    /** What CAP forbids in an identifier and a sender: space, comma, less-than and ampersand. */
    public static final Pattern FORBIDDEN_IN_NAMES = Pattern.compile("[\\s,<&]");

    /** Copies the lists; refuses an identifier or sender that is empty or holds what CAP forbids. */
    public Alert {
        requireName("identifier", identifier);
        requireName("sender", sender);
        addresses = List.copyOf(addresses);
        codes = List.copyOf(codes);
        references = List.copyOf(references);
        incidents = List.copyOf(incidents);
        infos = List.copyOf(infos);
    }

    /** Whether it must reach nobody but probes: status Exercise or Test. */
    public boolean probesOnly() {
        return status == Status.EXERCISE || status == Status.TEST;
    }

    private static void requireName(String field, String value) {
        if (value.isEmpty() || FORBIDDEN_IN_NAMES.matcher(value).find()) {
            throw new IllegalArgumentException(
                    field + " must not be empty nor hold a space, comma, < or &, was '" + value + "'");
        }
    }
}
