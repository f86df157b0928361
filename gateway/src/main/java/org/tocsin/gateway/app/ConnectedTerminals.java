package org.tocsin.gateway.app;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.gateway.issue.TerminalHealth;
import org.tocsin.gateway.link.TerminalPresence;

/** Which terminals are connected to the gateway's own end. Faults are not told there. */
final class ConnectedTerminals implements TerminalPresence, TerminalHealth {
    private final Set<String> online = ConcurrentHashMap.newKeySet();

    @Override
    public void online(String code) {
        online.add(code);
    }

    @Override
    public void offline(String code) {
        online.remove(code);
    }

    @Override
    public State of(String code) {
        return online.contains(code) ? State.ONLINE : State.OFFLINE;
    }
}
