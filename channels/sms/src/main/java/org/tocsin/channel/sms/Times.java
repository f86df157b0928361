package org.tocsin.channel.sms;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Times as CMPP, SMGP and SGIP write them: of China, whatever the county's zone. */
final class Times {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter MONTH_TO_SECOND =
            DateTimeFormatter.ofPattern("MMddHHmmss").withZone(CHINA);
    private static final DateTimeFormatter YEAR_TO_SECOND =
            DateTimeFormatter.ofPattern("yyMMddHHmmss").withZone(CHINA);

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Times() {}

    /** MMDDHHMMSS, ten digits. */
    static String stamp(Instant at) {
        return MONTH_TO_SECOND.format(at);
    }

    /** A time such as {@code 2026-07-20 08:00:00}; the other one where it is none. */
    static Instant local(String text, Instant otherwise) {
        try {
            return LocalDateTime.parse(text, LOCAL).atZone(CHINA).toInstant();
        } catch (DateTimeParseException none) {
            return otherwise;
        }
    }

    /** YYMMDDhhmmsstnnp of SMPP 3.3, eight hours (32 quarters) ahead of UTC. */
    static String absolute(Instant at) {
        return YEAR_TO_SECOND.format(at) + "032+";
    }
}
