package org.tocsin.gateway.app;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.alert.Content;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.report.CoverageSubject;
import org.tocsin.gateway.report.CoverageTracker;
import org.tocsin.gateway.targeting.Target;
import org.tocsin.gateway.targeting.TargetRefused;
import org.tocsin.gateway.targeting.Targeting;

/** Begins to measure the coverage of what is sent. */
record Measuring(CoverageTracker tracker, Targeting targeting, Registry registry) {
    private static final Logger LOG = LoggerFactory.getLogger(Measuring.class);

    /** Measures a signed warning from now on. */
    void begin(Warning warning) {
        Instant signed = warning.signed() == null ? warning.created() : warning.signed();
        RegistryView view = registry.view();
        try {
            Target target = targeting.target(Content.of(warning.alert()), warning.audience(), view, signed);
            tracker.track(CoverageSubject.of(warning, target, view.terminals()));
        } catch (TargetRefused unknown) {
            LOG.warn("warning {} has no coverage: {}", warning.id(), unknown.getMessage());
        }
    }
}
