package org.tocsin.simulator.sms;

/** Another provider's message centre over SMPP 3.4, provider {@code simulated-smpp-2}; runs only when asked for. */
public final class SecondSmppSimulator extends SmppSimulator {
    /** Made by the service loader. */
    public SecondSmppSimulator() {
        super("simulated-smpp-2");
    }

    @Override
    public boolean isStandard() {
        return false;
    }
}
