package org.tocsin.wording;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.ResponseType;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;
import org.tocsin.channel.Message;

/** Makes issues for tests, part by part. */
record Issues(
        String language,
        Level level,
        MsgType msgType,
        Status status,
        String event,
        String code,
        @Nullable String issuer,
        @Nullable String headline,
        @Nullable String description,
        @Nullable String instruction,
        List<ResponseType> responses) {
    static final List<String> CHANNELS = List.of("sms", "loudspeaker", "screen", "wechat", "app", "email", "relay");

    static Issues chinese(Level level) {
        return new Issues(
                "zh-CN", level, MsgType.ALERT, Status.ACTUAL, "暴雨", "11B03", "夏邑县气象台", null, null, null, List.of());
    }

    static Issues english(Level level) {
        return new Issues(
                "en-US",
                level,
                MsgType.ALERT,
                Status.ACTUAL,
                "Rainstorm",
                "11B03",
                "Xiayi County Meteorological Observatory",
                null,
                null,
                null,
                List.of());
    }

    Issues as(MsgType other) {
        return new Issues(
                language, level, other, status, event, code, issuer, headline, description, instruction, responses);
    }

    Issues with(Status other) {
        return new Issues(
                language, level, msgType, other, event, code, issuer, headline, description, instruction, responses);
    }

    Issues of(String otherEvent, String otherCode) {
        return new Issues(
                language,
                level,
                msgType,
                status,
                otherEvent,
                otherCode,
                issuer,
                headline,
                description,
                instruction,
                responses);
    }

    Issues by(@Nullable String other) {
        return new Issues(
                language, level, msgType, status, event, code, other, headline, description, instruction, responses);
    }

    Issues headed(String other) {
        return new Issues(
                language, level, msgType, status, event, code, issuer, other, description, instruction, responses);
    }

    Issues saying(@Nullable String otherDescription, @Nullable String otherInstruction) {
        return new Issues(
                language,
                level,
                msgType,
                status,
                event,
                code,
                issuer,
                headline,
                otherDescription,
                otherInstruction,
                responses);
    }

    Issues asking(ResponseType other) {
        return new Issues(
                language,
                level,
                msgType,
                status,
                event,
                code,
                issuer,
                headline,
                description,
                instruction,
                List.of(other));
    }

    Info info() {
        return new Info(
                language,
                List.of(Category.MET),
                event,
                responses,
                Urgency.IMMEDIATE,
                level.severity(),
                Certainty.OBSERVED,
                null,
                List.of(new NamedValue("eventType", code)),
                null,
                null,
                OffsetDateTime.parse("2026-07-21T14:30:00+08:00"),
                issuer,
                headline,
                description,
                instruction,
                "https://example.org/w/1?a=1&b=2",
                "0370-6212379",
                List.of(),
                List.of(),
                List.of(new Area("夏邑县全境", List.of(), List.of(), List.of(), null, null)));
    }

    Alert alert() {
        return new Alert(
                "41142641600000_20260721083000",
                "xiayi.weather.example",
                OffsetDateTime.parse("2026-07-21T08:30:00+08:00"),
                status,
                msgType,
                null,
                Scope.PUBLIC,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(info()));
    }

    Message on(String channel) {
        return on(channel, WordingSettings.standard());
    }

    Message on(String channel, WordingSettings settings) {
        Alert alert = alert();
        Content content = Content.of(alert).get(0);
        return new Wording(settings).render(alert, content, alert.infos().get(0), channel, level);
    }

    /** All parts of the message in one text, the lines of a screen joined. */
    static String all(Message message) {
        StringBuilder all = new StringBuilder();
        for (int line = 1; message.parts().containsKey("line" + line); line++) {
            String text = message.part("line" + line);
            all.append(line > 1 && text.charAt(0) < 0x250 ? " " : "").append(text);
        }
        message.parts().entrySet().stream()
                .filter(part -> !part.getKey().startsWith("line"))
                .forEach(part -> all.append('\n').append(part.getValue()));
        return all.toString();
    }
}
