/**
 * The report of a period: what a month, quarter or year of issues adds up to, purely from their summaries, and how it
 * is said in JSON and on paper.
 */
@NullMarked
package org.tocsin.gateway.report.period;

import org.jspecify.annotations.NullMarked;
