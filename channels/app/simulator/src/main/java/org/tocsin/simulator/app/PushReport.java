package org.tocsin.simulator.app;

import java.time.Instant;

/**
 * What the platform reports of one message.
 *
 * @param messageId its id
 * @param token whom it was pushed to
 * @param status delivered, shown or failed
 * @param code why it failed; empty unless it did
 * @param at when
 */
record PushReport(String messageId, String token, String status, String code, Instant at) {}
