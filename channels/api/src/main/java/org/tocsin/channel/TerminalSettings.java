package org.tocsin.channel;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The settings that all links to terminals have.
 *
 * @param ack how long to wait for a terminal's acknowledgement ({@code ackMillis}, 10 s)
 * @param retry after which time what was not taken may be tried again ({@code retryMillis}, 10 s)
 * @param platform the sending platform's resource code, 23 digits ({@code platform}), which begins each ebmId
 */
public record TerminalSettings(Duration ack, Duration retry, String platform) {
    private static final Pattern RESOURCE_CODE = Pattern.compile("[0-9]{23}");
    // A county's platform (level 4, resource 0101, first of its kind) of no particular county.
    private static final String ANY_COUNTY = "4" + "000000000000" + "0101" + "010101";

    /** Reads them; {@link LinkSettings#check} is left to the channel, which has settings of its own. */
    public static TerminalSettings read(LinkSettings settings) {
        TerminalSettings read = new TerminalSettings(
                settings.milliseconds("ackMillis", Duration.ofSeconds(10)),
                settings.milliseconds("retryMillis", Duration.ofSeconds(10)),
                settings.text("platform", ANY_COUNTY));
        if (!RESOURCE_CODE.matcher(read.platform).matches()) {
            settings.problem("platform", "must be 23 digits");
        }
        return read;
    }
}
