package org.tocsin.gateway.template;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;
import org.tocsin.wording.StandardWords;
import org.tocsin.wording.Wording;

/** Shows what channels carry of a text, by the very wording that dispatch uses. */
public final class TextPreview {
    /** The channels that are shown. */
    public static final List<String> CHANNELS = List.of("sms", "loudspeaker", "screen", "wechat", "app", "email");

    private final Wording wording;
    private final InstantSource clock;
    private final ZoneId zone;

    /** Renders by this wording; the sample is sent now, in the county's zone. */
    public TextPreview(Wording wording, InstantSource clock, ZoneId zone) {
        this.wording = wording;
        this.clock = clock;
        this.zone = zone;
    }

    /** The parts of a channel's message. */
    Map<String, String> message(TextKey key, CountyText text, String channel) {
        Alert alert = sample(key, text);
        Content content = Content.of(alert).get(0);
        return wording.render(alert, content, alert.infos().get(0), channel, key.level())
                .parts();
    }

    /** Whether what to do is whole in the short message. */
    boolean isWholeAsSms(TextKey key, CountyText text) {
        String sms = message(key, text, "sms").getOrDefault("text", "");
        return plain(sms).contains(plain(text.instruction()));
    }

    private static String plain(String text) {
        return text.replaceAll("[\\s‘’“”'\"…–—.-]", "");
    }

    private Alert sample(TextKey key, CountyText text) {
        boolean english = key.language().startsWith("en");
        String hazard = StandardWords.name(key.hazard(), key.language());
        Info info = new Info(
                key.language(),
                List.of(Category.OTHER),
                hazard,
                List.of(),
                Urgency.IMMEDIATE,
                severity(key.level()),
                Certainty.OBSERVED,
                null,
                StandardWords.codes(key.hazard()).stream()
                        .limit(1)
                        .map(code -> new NamedValue("GB/T 35561", code))
                        .toList(),
                null,
                null,
                null,
                english ? "County Meteorological Office" : "县气象台",
                null,
                text.description(),
                text.instruction(),
                null,
                null,
                List.of(),
                List.of(),
                List.of(new Area(english ? "the whole county" : "全县", List.of(), List.of(), List.of(), null, null)));
        return new Alert(
                "preview",
                "preview",
                clock.instant().atZone(zone).toOffsetDateTime(),
                Status.ACTUAL,
                MsgType.ALERT,
                null,
                Scope.PUBLIC,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(info));
    }

    private static Severity severity(Level level) {
        return switch (level) {
            case I -> Severity.EXTREME;
            case II -> Severity.SEVERE;
            case III -> Severity.MODERATE;
            case IV -> Severity.MINOR;
        };
    }
}
