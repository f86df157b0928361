package org.tocsin.channel.loudspeaker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.MissingResourceException;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Info;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Reference;
import org.tocsin.channel.Notice;

/** The command's payload, as the package's description has it; the same bytes for the same notice. */
final class Command {
    private static final int VERSION = 1;
    private static final int SEQUENCE = 10_000;
    // Emergency plays are forced to full volume, as loudspeakers in the field do.
    private static final int FULL_VOLUME = 100;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    private Command() {}

    /** Writes the command of a notice. */
    static byte[] json(Notice notice, LoudspeakerSettings settings) {
        Alert alert = notice.alert();
        Info info = notice.info();
        ObjectNode command = JSON.createObjectNode();
        command.put("version", VERSION)
                .put("issue", notice.issue())
                .put("warning", notice.warning())
                .put("ebmId", ebmId(notice, settings.platform()))
                .put("msgType", msgType(alert))
                .put("exercise", alert.probesOnly())
                .put("senderName", info.senderName() == null ? alert.sender() : info.senderName())
                .put("senderCode", alert.sender())
                .put("sendTime", time(alert.sent()))
                .put("eventType", eventType(info))
                .put("severity", notice.level().lane())
                .put("startTime", time(info.effective() == null ? alert.sent() : info.effective()))
                .put("endTime", time(notice.expires().atOffset(CHINA)))
                .put("languageCode", language(notice.message().language()))
                .put("title", info.headline() == null ? info.event() : info.headline());
        command.put("script", notice.message().part("script"))
                .put("volume", FULL_VOLUME)
                .put("times", settings.times());
        command.put("identifier", alert.identifier());
        ArrayNode references = command.putArray("references");
        for (Reference reference : alert.references()) {
            references.add(reference.identifier());
        }
        try {
            return JSON.writeValueAsBytes(command);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // Platform, day, and four digits drawn from the issue's id: not a count, so two issues of one day may share them.
    private static String ebmId(Notice notice, String platform) {
        OffsetDateTime sent = notice.alert().sent().withOffsetSameInstant(CHINA);
        int sequence = Math.floorMod(notice.issue().hashCode(), SEQUENCE);
        return platform
                + DateTimeFormatter.BASIC_ISO_DATE.format(sent.toLocalDate())
                + String.format(Locale.ROOT, "%04d", sequence);
    }

    private static String msgType(Alert alert) {
        if (alert.msgType() == MsgType.CANCEL) {
            return "cancel";
        }
        return alert.probesOnly() ? "exercise" : "actual";
    }

    private static String eventType(Info info) {
        return info.eventCodes().stream().map(NamedValue::value).findFirst().orElse("");
    }

    private static String language(String tag) {
        try {
            return Locale.forLanguageTag(tag).getISO3Language();
        } catch (MissingResourceException unknown) {
            return "und";
        }
    }

    private static String time(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }
}
