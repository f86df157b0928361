package org.tocsin.channel;

import java.util.Map;

/**
 * What one channel carries of one content in one language, by named parts already fitted to the channel's limits.
 *
 * <p>The parts, by channel: sms {@code text}; loudspeaker {@code script}; screen {@code line1}, {@code line2} …; wechat
 * {@code first}, {@code keyword1} … {@code keyword4}, {@code remark}; app {@code title}, {@code body}; email
 * {@code subject}, {@code text}, {@code html}; any other channel {@code title}, {@code text}.
 *
 * @param language the language tag, such as zh-CN
 * @param parts the texts by part
 * @param manner how it is to be carried
 */
public record Message(String language, Map<String, String> parts, Manner manner) {
    /** Copies the parts. */
    public Message {
        parts = Map.copyOf(parts);
    }

    /** A message that is carried plainly. */
    public Message(String language, Map<String, String> parts) {
        this(language, parts, Manner.PLAIN);
    }

    /**
     * The text of a part.
     *
     * @throws IllegalArgumentException when the message has no such part
     */
    public String part(String name) {
        String text = parts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("no part '" + name + "', only " + parts.keySet());
        }
        return text;
    }
}
