package org.tocsin.gateway.report.export;

import java.time.Duration;

/**
 * How much the background may hold.
 *
 * @param kept jobs in all, with or without a file
 * @param keptOfOne jobs of one principal
 * @param fileBytes the longest file, in bytes
 * @param age how long a job and its file are kept after it was asked for
 */
public record ExportLimits(int kept, int keptOfOne, long fileBytes, Duration age) {
    /** 50 jobs, 10 of one principal, 64 MiB a file, 24 hours. */
    public static final ExportLimits STANDARD = new ExportLimits(50, 10, 64L << 20, Duration.ofHours(24));
}
