package org.tocsin.gateway.report;

import java.time.ZoneId;
import org.tocsin.gateway.coverage.Forecast;

/**
 * The report of one issue.
 *
 * @param summary its figures
 * @param forecast when the goal will be met; nothing can be said where the public coverage does not apply
 * @param zone in which times are written
 */
public record Reported(IssueSummary summary, Forecast forecast, ZoneId zone) {}
