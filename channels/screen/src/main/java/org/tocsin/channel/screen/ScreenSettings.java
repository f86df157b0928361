package org.tocsin.channel.screen;

import java.time.Duration;
import java.util.regex.Pattern;
import org.tocsin.channel.LinkSettings;

/**
 * A screen link's settings.
 *
 * @param ack how long to wait for a terminal's acknowledgement ({@code ackMillis}, 10 s)
 * @param retry after which time what was not taken may be tried again ({@code retryMillis}, 10 s)
 * @param seconds how long a page of lines stands before the next ({@code pageSeconds}, 1 to 600, 10)
 * @param platform the sending platform's resource code, 23 digits ({@code platform}), which begins each ebmId
 */
record ScreenSettings(Duration ack, Duration retry, int seconds, String platform) {
    private static final Pattern RESOURCE_CODE = Pattern.compile("[0-9]{23}");
    // A county's platform (level 4, resource 0101, first of its kind) of no particular county.
    private static final String ANY_COUNTY = "4" + "000000000000" + "0101" + "010101";

    static ScreenSettings read(LinkSettings settings) {
        ScreenSettings read = new ScreenSettings(
                settings.milliseconds("ackMillis", Duration.ofSeconds(10)),
                settings.milliseconds("retryMillis", Duration.ofSeconds(10)),
                settings.integer("pageSeconds", 10, 1, 600),
                settings.text("platform", ANY_COUNTY));
        if (!RESOURCE_CODE.matcher(read.platform).matches()) {
            settings.problem("platform", "must be 23 digits");
        }
        settings.check();
        return read;
    }
}
