package org.tocsin.alert;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An earlier alert that an alert speaks of (CAP 1.2, alert.references: sender,identifier,sent).
 *
 * @param sender its sender; null where only the identifier is known, as in 12379's alerts
 * @param identifier its identifier
 * @param sent its time; null where only the identifier is known
 */
public record Reference(@Nullable String sender, String identifier, @Nullable OffsetDateTime sent) {}
