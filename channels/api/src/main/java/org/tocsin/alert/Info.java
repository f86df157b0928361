package org.tocsin.alert;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an alert says, in one language (CAP 1.2, alert.info).
 *
 * @param language an RFC 3066 tag; CAP's default en-US where the alert does not say
 * @param categories at least one
 * @param event the event in words
 * @param responseTypes what to do, by kind
 * @param urgency how soon
 * @param severity how bad
 * @param certainty how sure
 * @param audience CAP's free text on whom it is for; null where not said
 * @param eventCodes the event in codes
 * @param effective from when the information holds; null means the alert's sent
 * @param onset when the event is expected; null where not said
 * @param expires until when; null where not said
 * @param senderName who says it, for people; null where not said
 * @param headline one line; null where not said
 * @param description the event; null where not said
 * @param instruction the action to take; null where not said
 * @param web a page with more; null where not said
 * @param contact whom to ask; null where not said
 * @param parameters further values by scheme
 * @param resources files
 * @param areas where
 */
public record Info(
        String language,
        List<Category> categories,
        String event,
        List<ResponseType> responseTypes,
        Urgency urgency,
        Severity severity,
        Certainty certainty,
        @Nullable String audience,
        List<NamedValue> eventCodes,
        @Nullable OffsetDateTime effective,
        @Nullable OffsetDateTime onset,
        @Nullable OffsetDateTime expires,
        @Nullable String senderName,
        @Nullable String headline,
        @Nullable String description,
        @Nullable String instruction,
        @Nullable String web,
        @Nullable String contact,
        List<NamedValue> parameters,
        List<Resource> resources,
        List<Area> areas) {
    /** CAP's language where an info names none. */
    public static final String DEFAULT_LANGUAGE = "en-US";

    /** Copies the lists; refuses an info without a category. */
    public Info {
        categories = List.copyOf(categories);
        responseTypes = List.copyOf(responseTypes);
        eventCodes = List.copyOf(eventCodes);
        parameters = List.copyOf(parameters);
        resources = List.copyOf(resources);
        areas = List.copyOf(areas);
        if (categories.isEmpty()) {
            throw new IllegalArgumentException("an info needs a category");
        }
    }

    /** An info that says where, and else only what CAP asks for. */
    public static Info of(
            String language,
            List<Category> categories,
            String event,
            Urgency urgency,
            Severity severity,
            Certainty certainty,
            List<Area> areas) {
        return new Info(
                language,
                categories,
                event,
                List.of(),
                urgency,
                severity,
                certainty,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                areas);
    }
}
