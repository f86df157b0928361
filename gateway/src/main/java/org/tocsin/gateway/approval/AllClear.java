package org.tocsin.gateway.approval;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Info;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Reference;
import org.tocsin.alert.ResponseType;
import org.tocsin.alert.Urgency;

/** Words of a Cancel (解除) that nobody wrote: made from the alert that it ends. */
final class AllClear {
    private AllClear() {}

    /** A Cancel of an issue, in its sender's name, that references the first issue. */
    static Alert of(Alert first, Alert latest, String identifier, Instant at, @Nullable String reason) {
        // CAP's dateTime has no fractions of a second: what is kept must be what the written alert says.
        OffsetDateTime sent =
                at.truncatedTo(ChronoUnit.SECONDS).atOffset(latest.sent().getOffset());
        return new Alert(
                identifier,
                latest.sender(),
                sent,
                latest.status(),
                MsgType.CANCEL,
                latest.source(),
                latest.scope(),
                latest.restriction(),
                latest.addresses(),
                latest.codes(),
                reason,
                List.of(new Reference(first.sender(), first.identifier(), first.sent())),
                latest.incidents(),
                infos(latest));
    }

    /** The all-clear's contents for an alert, without expiry: an end does not expire. */
    static List<Info> infos(Alert ended) {
        return ended.infos().stream().map(AllClear::end).toList();
    }

    private static Info end(Info info) {
        boolean chinese = info.language().toLowerCase(Locale.ROOT).startsWith("zh");
        String what = info.headline() == null ? info.event() : info.headline();
        String headline = chinese ? "解除：" + what : "All clear: " + what;
        String who = info.senderName() == null ? "" : info.senderName();
        String description = chinese ? who + "解除此前发布的预警：" + what + "。" : "The earlier warning is lifted: " + what;
        return new Info(
                info.language(),
                info.categories(),
                info.event(),
                List.of(ResponseType.ALL_CLEAR),
                Urgency.PAST,
                info.severity(),
                info.certainty(),
                info.audience(),
                info.eventCodes(),
                null,
                null,
                null,
                info.senderName(),
                headline,
                description,
                null,
                info.web(),
                info.contact(),
                info.parameters(),
                List.of(),
                info.areas());
    }
}
