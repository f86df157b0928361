package org.tocsin.gateway.report;

import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.receipt.IssueEvidence;

/**
 * An issue's coverage with what it was computed from.
 *
 * @param snapshot the coverage
 * @param evidence what was known; may be newer than the coverage by what came while it was computed
 * @param course how it went so far
 * @param goalSeconds from sign-off until the goal was met; null where it was not, or nobody knows when
 */
public record Measured(
        CoverageSnapshot snapshot, IssueEvidence evidence, Course course, @Nullable Double goalSeconds) {}
