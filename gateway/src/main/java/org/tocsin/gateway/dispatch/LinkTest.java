package org.tocsin.gateway.dispatch;

import java.time.Instant;

/**
 * How a link's last test to its probe number ended.
 *
 * @param set whether the link has a probe number
 * @param at when it ended; the epoch where there was none yet
 * @param ok whether the report of a delivery came in time
 * @param millis from the submit to that report; -1 where none came
 * @param why what went wrong; empty where nothing did
 */
public record LinkTest(boolean set, Instant at, boolean ok, long millis, String why) {}
