package org.tocsin.gateway.targeting;

import org.tocsin.alert.Content;
import org.tocsin.alert.Severity;

/** Contents whose targeting is timed. */
public final class TargetingSpeed {
    private TargetingSpeed() {}

    /** The whole county by its code. */
    public static Content county() {
        return Contents.of(Severity.EXTREME, Contents.codes("411426000000"));
    }

    /** A star around the middle of the county. */
    public static Content polygon(int corners) {
        double[] coordinates = new double[2 * corners];
        for (int corner = 0; corner < corners; corner++) {
            double angle = 2 * Math.PI * corner / corners;
            double reach = corner % 2 == 0 ? 0.15 : 0.149;
            coordinates[2 * corner] = 116.13 + reach * Math.cos(angle);
            coordinates[2 * corner + 1] = 34.24 + reach * Math.sin(angle);
        }
        return Contents.of(Severity.EXTREME, Contents.polygon(coordinates));
    }
}
