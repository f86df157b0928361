package org.tocsin.channel.loudspeaker;

import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.TerminalSettings;

/**
 * A loudspeaker link's settings.
 *
 * @param terminals those that all links to terminals have
 * @param times how often a script is played ({@code times}, 1 to 10, 3)
 */
record LoudspeakerSettings(TerminalSettings terminals, int times) {
    static LoudspeakerSettings read(LinkSettings settings) {
        LoudspeakerSettings read =
                new LoudspeakerSettings(TerminalSettings.read(settings), settings.integer("times", 3, 1, 10));
        settings.check();
        return read;
    }
}
