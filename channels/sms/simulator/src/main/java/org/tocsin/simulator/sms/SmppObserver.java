package org.tocsin.simulator.sms;

/** Is told what comes, on the simulator's event loop; must be quick and must not throw. */
public interface SmppObserver {
    /** A submit_sm to this address came, refused or not. */
    default void submitted(String address) {}

    /**
     * A receipt was answered with success; told of one in sixteen.
     *
     * @param nanos nanoseconds since it was sent
     */
    default void reportAnswered(long nanos) {}
}
