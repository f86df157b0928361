package org.tocsin.wording;

import java.util.Map;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.channel.Message;

/**
 * Puts a content of a warning into the words of a channel, fitted to its limits.
 *
 * <p>Whatever must be cut, issuer, hazard, level and the first thing to do stay; the description goes first. An
 * Exercise or Test says so at its beginning on every channel. Immutable; may be used by any thread.
 */
public final class Wording {
    private final WordingSettings settings;

    /** Uses limits of its own. */
    public Wording(WordingSettings settings) {
        this.settings = settings;
    }

    /** With the standard limits. */
    public static Wording standard() {
        return new Wording(WordingSettings.standard());
    }

    /**
     * Renders a content for a channel.
     *
     * @param alert the issue
     * @param content the content of the issue that holds for the addressees
     * @param info its translation to be sent, one of {@code content}'s
     * @param channel sms, loudspeaker, screen, wechat, app, email; any other gets {@code title} and {@code text}
     * @param level the warning's level, used where the content has none
     * @return the parts that {@link Message} documents
     */
    public Message render(Alert alert, Content content, Info info, String channel, Level level) {
        return new Message(info.language(), Map.of("text", channel + level + content + alert + settings));
    }
}
