package org.tocsin.gateway.issue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.channel.Message;
import org.tocsin.wording.Segments;
import org.tocsin.wording.Wording;

/**
 * What a channel will carry of an alert in one language: made by the code that sends.
 *
 * @param channel the channel
 * @param language the language tag
 * @param message its parts, as {@link Message} documents them
 */
public record Preview(String channel, String language, Message message) {
    /** Terminals speak to all who pass: in Chinese, where the alert has it. */
    private static final Set<String> TERMINALS = Set.of("loudspeaker", "screen");

    /** What each channel will carry, in the channels' order, Chinese first. */
    public static List<Preview> of(Alert alert, Collection<String> channels, Wording wording) {
        List<Preview> previews = new ArrayList<>();
        for (Content content : Content.of(alert)) {
            Level level = content.level().orElse(Level.IV);
            for (String channel : channels) {
                List<Info> infos = TERMINALS.contains(channel) ? List.of(content.in("zh-CN")) : content.translations();
                for (Info info : infos) {
                    previews.add(new Preview(
                            channel, info.language(), wording.render(alert, content, info, channel, level)));
                }
            }
        }
        return previews;
    }

    /** A part; empty where the channel has none so named. */
    public String part(String name) {
        return message.parts().getOrDefault(name, "");
    }

    /** The texts of its single short messages; of another channel none. */
    public List<String> segments() {
        return channel.equals("sms") ? Segments.parts(part("text")) : List.of();
    }

    /** The lines of a screen; of another channel none. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        Map<String, String> parts = message.parts();
        for (int line = 1; parts.containsKey("line" + line); line++) {
            lines.add(part("line" + line));
        }
        return lines;
    }
}
