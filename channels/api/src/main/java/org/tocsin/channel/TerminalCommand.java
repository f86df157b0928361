package org.tocsin.channel;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Info;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Reference;

/**
 * A notice in the words that all terminals hear, modelled on the emergency broadcast message: who says what to whom,
 * until when. What is to be played or shown is the channel's own.
 */
public final class TerminalCommand {
    private static final int VERSION = 1;
    private static final int SEQUENCE = 10_000;
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    private TerminalCommand() {}

    /**
     * The fields of a command, in the order in which they are written.
     *
     * @param notice what to tell
     * @param platform the sending platform's resource code, 23 digits
     * @param own the channel's own fields in their order, which stand behind the title
     * @return texts, whole numbers, truth values and lists of texts by name; unmodifiable
     */
    public static Map<String, Object> fields(Notice notice, String platform, Map<String, Object> own) {
        Alert alert = notice.alert();
        Info info = notice.info();
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("version", VERSION);
        command.put("issue", notice.issue());
        command.put("warning", notice.warning());
        command.put("ebmId", ebmId(notice, platform));
        command.put("msgType", msgType(alert));
        command.put("exercise", alert.probesOnly());
        command.put("senderName", info.senderName() == null ? alert.sender() : info.senderName());
        command.put("senderCode", alert.sender());
        command.put("sendTime", time(alert.sent()));
        command.put("eventType", eventType(info));
        command.put("severity", notice.level().lane());
        command.put("startTime", time(info.effective() == null ? alert.sent() : info.effective()));
        command.put("endTime", time(notice.expires().atOffset(CHINA)));
        command.put("languageCode", language(notice.message().language()));
        command.put("title", info.headline() == null ? info.event() : info.headline());
        command.putAll(own);
        command.put("identifier", alert.identifier());
        command.put(
                "references",
                alert.references().stream().map(Reference::identifier).toList());
        return Collections.unmodifiableMap(command);
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
