package org.tocsin.gateway.dispatch;

import java.util.function.IntPredicate;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Status;

/** The first of the two guards that keep an Exercise or Test from the public; each channel's frame is the second. */
final class ProbeGuard {
    private ProbeGuard() {}

    /**
     * Whom an alert may go to: anybody for an Actual one, else probes alone.
     *
     * @param wanted who is meant; not changed
     * @param isProbe whether a number is a probe's
     */
    static RoaringBitmap allowed(Alert alert, RoaringBitmap wanted, IntPredicate isProbe) {
        if (alert.status() == Status.ACTUAL) {
            return wanted;
        }
        RoaringBitmap probes = new RoaringBitmap();
        wanted.forEach((int number) -> {
            if (isProbe.test(number)) {
                probes.add(number);
            }
        });
        return probes;
    }
}
