package org.tocsin.channel;

import java.time.Instant;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;

/**
 * One content of one issue of a warning, as it goes out on one channel in one language.
 *
 * @param warning the gateway's id of the warning
 * @param issue the gateway's id of the issue (the alert, an update or the cancel); nobody gets one issue twice by a
 *     channel
 * @param alert the issue
 * @param info the info whose content holds for the addressees
 * @param level the warning's level
 * @param message what the channel carries
 * @param expires after which it must not be sent any more
 */
public record Notice(
        String warning, String issue, Alert alert, Info info, Level level, Message message, Instant expires) {}
