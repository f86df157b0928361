package org.tocsin.channel.screen;

import java.util.regex.Pattern;

/** The MQTT topics of screens. */
final class Topics {
    /** Where all of them report. */
    static final String REPORTS = "tocsin/screen/+/report";

    // No separator, wildcard, blank or control character: anything else would be another topic.
    private static final Pattern CODE = Pattern.compile("[^/+#\\s\\p{Cntrl}]{1,64}");

    private Topics() {}

    /** Whether an address can be a terminal's code. */
    static boolean isCode(String code) {
        return CODE.matcher(code).matches();
    }

    /** Where a terminal hears its commands. */
    static String command(String code) {
        return "tocsin/screen/" + code + "/command";
    }

    /** Where a terminal reports. */
    static String report(String code) {
        return "tocsin/screen/" + code + "/report";
    }
}
