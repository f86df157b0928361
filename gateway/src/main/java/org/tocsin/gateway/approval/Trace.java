package org.tocsin.gateway.approval;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a warning's history.
 *
 * @param act what was done
 * @param by the principal's id, or {@code gateway}
 * @param name its name for people
 * @param at when
 * @param state the state it led to
 * @param reason why; null where none was given
 */
public record Trace(Act act, String by, String name, Instant at, WarningState state, @Nullable String reason) {}
