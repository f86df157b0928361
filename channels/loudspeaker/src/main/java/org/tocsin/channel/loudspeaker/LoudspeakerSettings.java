package org.tocsin.channel.loudspeaker;

import java.time.Duration;
import java.util.regex.Pattern;
import org.tocsin.channel.LinkSettings;

/**
 * A loudspeaker link's settings.
 *
 * @param ack how long to wait for a terminal's acknowledgement ({@code ackMillis}, 10 s)
 * @param retry after which time what was not taken may be tried again ({@code retryMillis}, 10 s)
 * @param times how often a script is played ({@code times}, 1 to 10, 3)
 * @param platform the sending platform's resource code, 23 digits ({@code platform}), which begins each ebmId
 */
record LoudspeakerSettings(Duration ack, Duration retry, int times, String platform) {
    private static final Pattern RESOURCE_CODE = Pattern.compile("[0-9]{23}");
    // A county's platform (level 4, resource 0101, first of its kind) of no particular county.
    private static final String ANY_COUNTY = "4" + "000000000000" + "0101" + "010101";

    static LoudspeakerSettings read(LinkSettings settings) {
        LoudspeakerSettings read = new LoudspeakerSettings(
                settings.milliseconds("ackMillis", Duration.ofSeconds(10)),
                settings.milliseconds("retryMillis", Duration.ofSeconds(10)),
                settings.integer("times", 3, 1, 10),
                settings.text("platform", ANY_COUNTY));
        if (!RESOURCE_CODE.matcher(read.platform).matches()) {
            settings.problem("platform", "must be 23 digits");
        }
        settings.check();
        return read;
    }
}
