package org.tocsin.channel.screen;

import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.TerminalSettings;

/**
 * A screen link's settings.
 *
 * @param terminals those that all links to terminals have
 * @param seconds how long a page of lines stands before the next ({@code pageSeconds}, 1 to 600, 10)
 */
record ScreenSettings(TerminalSettings terminals, int seconds) {
    static ScreenSettings read(LinkSettings settings) {
        ScreenSettings read =
                new ScreenSettings(TerminalSettings.read(settings), settings.integer("pageSeconds", 10, 1, 600));
        settings.check();
        return read;
    }
}
