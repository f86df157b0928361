package org.tocsin.gateway.app;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tocsin.alert.Level;
import org.tocsin.gateway.dispatch.MessageStyle;
import org.tocsin.gateway.dispatch.QuietHours;
import org.tocsin.gateway.dispatch.SendingCare;
import org.tocsin.gateway.dispatch.Spends;
import org.tocsin.gateway.registry.OperatorBook;
import org.tocsin.gateway.reply.Replies;
import org.tocsin.gateway.reply.ReplyWords;

/** What the operator's settings say of sending with care. */
final class CareSettings {
    private CareSettings() {}

    static SendingCare care(Settings settings, OperatorBook operators, Replies replies, Spends spends) {
        ZoneId zone = ZoneId.of(settings.text(SettingKey.ZONE));
        return new SendingCare(
                operators::current,
                replies,
                quietHours(settings, zone),
                spends,
                zone,
                replies,
                new MessageStyle(
                        levels(settings, SettingKey.FLASH_LEVELS), settings.integer(SettingKey.REPLY_EXTENSION)),
                Duration.ofMinutes(settings.integer(SettingKey.LINK_TEST)));
    }

    static ReplyWords words(Settings settings) {
        return new ReplyWords(
                new HashSet<>(settings.list(SettingKey.REPLY_ACKNOWLEDGE)),
                new HashSet<>(settings.list(SettingKey.REPLY_OPT_OUT)),
                new HashSet<>(settings.list(SettingKey.REPLY_OPT_IN)));
    }

    private static QuietHours quietHours(Settings settings, ZoneId zone) {
        Optional<String> hours = settings.find(SettingKey.QUIET_HOURS);
        if (hours.isEmpty()) {
            return QuietHours.NONE;
        }
        String[] ends = hours.get().split("-", 2);
        Set<Integer> lanes = levels(settings, SettingKey.QUIET_LEVELS).stream()
                .map(Level::lane)
                .collect(Collectors.toSet());
        return new QuietHours(
                LocalTime.parse(ends[0]),
                LocalTime.parse(ends[1]),
                zone,
                lanes,
                new HashSet<>(settings.list(SettingKey.QUIET_CHANNELS)));
    }

    private static Set<Level> levels(Settings settings, SettingKey key) {
        return settings.list(key).stream().map(Level::valueOf).collect(Collectors.toSet());
    }
}
