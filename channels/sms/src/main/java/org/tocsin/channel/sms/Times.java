package org.tocsin.channel.sms;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times as CMPP, SMGP and SGIP write them: of China, whatever the county's zone. */
final class Times {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter MONTH_TO_SECOND =
            DateTimeFormatter.ofPattern("MMddHHmmss").withZone(CHINA);
    private static final DateTimeFormatter YEAR_TO_SECOND =
            DateTimeFormatter.ofPattern("yyMMddHHmmss").withZone(CHINA);

    private Times() {}

    /** MMDDHHMMSS, ten digits. */
    static String stamp(Instant at) {
        return MONTH_TO_SECOND.format(at);
    }

    /** YYMMDDhhmmsstnnp of SMPP 3.3, eight hours (32 quarters) ahead of UTC. */
    static String absolute(Instant at) {
        return YEAR_TO_SECOND.format(at) + "032+";
    }
}
