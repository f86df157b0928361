package org.tocsin.simulator.sms;

import java.time.InstantSource;
import org.tocsin.simulator.SimulatorContext;

/** A gateway of SMGP 3.0, provider {@code simulated-smgp}. */
public final class SmgpSimulator extends OperatorSimulator {
    /** Made by the service loader, and by tests. */
    public SmgpSimulator() {
        this(InstantSource.system());
    }

    /** With another time of day, for its book and what it writes. */
    public SmgpSimulator(InstantSource clock) {
        super("smgp", clock);
    }

    @Override
    Operator.Numbering numbering(SimulatorContext context) {
        return new SmgpDesk.Ids();
    }

    @Override
    Desk desk(Operator at, SimulatorContext context, String systemId, String password) {
        return new SmgpDesk(at, context.integer("deliverWindow", 1000), systemId, password);
    }
}
