package org.tocsin.gateway.report.pack;

import java.nio.file.Files;
import java.nio.file.Path;

/** Times the pack of a county of 1.2 million persons, by hand: {@code PackSpeed [FILE]}. */
public final class PackSpeed {
    private PackSpeed() {}

    /** Writes the pack, verifies it, and prints seconds and bytes. */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments.length > 0 ? arguments[0] : "speed.pack");
        PaperCounty county = new PaperCounty(743, 1615, 1615, 1);
        long begun = System.nanoTime();
        county.pack(file);
        long packed = System.nanoTime();
        PackVerification found = PackVerifier.verify(file, null);
        long verified = System.nanoTime();
        System.out.printf(
                "%,d persons: %,d bytes, packed in %.1f s, verified in %.1f s: %s %s%n",
                county.people(),
                Files.size(file),
                (packed - begun) / 1e9,
                (verified - packed) / 1e9,
                found.holds(),
                found.facts());
        System.exit(found.holds() ? 0 : 1);
    }
}
