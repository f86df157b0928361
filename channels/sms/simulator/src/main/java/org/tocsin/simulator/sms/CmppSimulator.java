package org.tocsin.simulator.sms;

import java.time.InstantSource;
import org.tocsin.simulator.SimulatorContext;

/**
 * An ISMG of CMPP 2.0 and 3.0, provider {@code simulated-cmpp}. Beside what {@link OperatorSimulator} has:
 * {@code firstSequence} (0), where the sixteen bits of its ids begin.
 */
public final class CmppSimulator extends OperatorSimulator {
    /** Made by the service loader, and by tests. */
    public CmppSimulator() {
        this(InstantSource.system());
    }

    /** With another time of day, for its book and what it writes. */
    public CmppSimulator(InstantSource clock) {
        super("cmpp", clock);
    }

    @Override
    Operator.Numbering numbering(SimulatorContext context) {
        return new CmppDesk.Ids(context.integer("firstSequence", 0));
    }

    @Override
    Desk desk(Operator at, SimulatorContext context, String systemId, String password) {
        return new CmppDesk(at, context.integer("deliverWindow", 1000), systemId, password);
    }
}
