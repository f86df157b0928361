package org.tocsin.gateway.dispatch;

import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.tocsin.gateway.registry.Operators;

/**
 * With what care messages are sent.
 *
 * @param operators whose numbers are whose, as it stands when an issue is planned
 * @param optOuts who wants no warnings of levels III and IV
 * @param quiet when the lower levels wait
 * @param spends what links have spent
 * @param zone the county's, for the months
 * @param replies who takes what people write back
 * @param style how text messages are carried
 * @param probeEvery how often a link with a probe number is tested; zero for never
 */
public record SendingCare(
        Supplier<Operators> operators,
        OptOuts optOuts,
        QuietHours quiet,
        Spends spends,
        ZoneId zone,
        ReplyDesk replies,
        MessageStyle style,
        Duration probeEvery) {
    /** The built-in table of operators, nobody opted out, no quiet hours, no spending kept, no replies taken. */
    public static SendingCare plain() {
        return new SendingCare(
                Operators::standard,
                OptOuts.NOBODY,
                QuietHours.NONE,
                Spends.NONE,
                ZoneId.of("UTC"),
                ReplyDesk.NONE,
                MessageStyle.PLAIN,
                Duration.ZERO);
    }
}
