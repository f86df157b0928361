package org.tocsin.simulator;

import java.io.IOException;
import java.util.Map;

/**
 * One carrier's stand-in; found by {@link java.util.ServiceLoader}, so it has a public constructor without arguments.
 * Started once, attached once, closed once.
 */
public interface CarrierSimulator extends AutoCloseable {
    /** The channel it serves. */
    String channel();

    /** The provider it stands for; always named as simulated. */
    String provider();

    /**
     * Whether it runs unless told otherwise, as the one carrier of its channel; of a channel's simulators one is the
     * standard, the others run when asked for.
     */
    default boolean isStandard() {
        return true;
    }

    /**
     * Starts to listen on a free port of the loopback interface.
     *
     * @return the settings of a link by which a gateway reaches it
     * @throws IOException when it cannot listen
     */
    Map<String, String> start(SimulatorContext context) throws IOException;

    /**
     * Is told where the gateway is, once that listens: callbacks and terminals go there.
     *
     * @throws IOException when it cannot connect
     */
    void attach(GatewayAddress gateway) throws IOException;

    /** Disconnects, stops listening and closes its book. */
    @Override
    void close();
}
