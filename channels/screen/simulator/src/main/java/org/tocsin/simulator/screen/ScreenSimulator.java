package org.tocsin.simulator.screen;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.simulator.CarrierSimulator;
import org.tocsin.simulator.GatewayAddress;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.terminals.TerminalFleet;

/**
 * Simulated screens; shares and settings as {@link TerminalFleet} has them. They come to the gateway, so that a link
 * needs no setting to reach them.
 */
public final class ScreenSimulator implements CarrierSimulator {
    private @Nullable TerminalFleet fleet;

    @Override
    public String channel() {
        return "screen";
    }

    @Override
    public String provider() {
        return "simulated-mqtt";
    }

    @Override
    public Map<String, String> start(SimulatorContext context) {
        fleet = new TerminalFleet(
                channel(),
                provider(),
                context,
                command -> command.path("lines").isArray()
                        && !command.path("lines").isEmpty());
        return Map.of();
    }

    @Override
    public void attach(GatewayAddress gateway) throws IOException {
        fleet().attach(gateway);
    }

    /** The codes of the terminals that were told something. */
    public Set<String> told() {
        return fleet().told();
    }

    /** How many terminals are connected. */
    public int online() {
        return fleet().online();
    }

    /** Cuts all connections at once; the terminals come back with back-off. */
    public void cutConnections() {
        fleet().cutConnections();
    }

    @Override
    public void close() {
        TerminalFleet running = fleet;
        if (running != null) {
            running.close();
        }
    }

    private TerminalFleet fleet() {
        TerminalFleet running = fleet;
        if (running == null) {
            throw new IllegalStateException("the simulator is not started");
        }
        return running;
    }
}
