package org.tocsin.simulator;

import java.net.URI;
import java.util.List;

/**
 * Where a simulator finds the gateway.
 *
 * @param http the gateway's base address
 * @param mqttHost where terminals connect
 * @param mqttPort where terminals connect; 0 where there is no such end
 * @param mqttPassword what terminals sign in with, beside their code
 * @param terminals the codes of the simulator's own channel's terminals, which it plays
 */
public record GatewayAddress(URI http, String mqttHost, int mqttPort, String mqttPassword, List<String> terminals) {
    /** Copies the list. */
    public GatewayAddress {
        terminals = List.copyOf(terminals);
    }

    /** Does not show the password. */
    @Override
    public String toString() {
        return "GatewayAddress[" + http + ", " + mqttHost + ":" + mqttPort + ", " + terminals.size() + " terminals]";
    }
}
