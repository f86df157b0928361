package org.tocsin.gateway.app;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.gateway.dispatch.TerminalReports;
import org.tocsin.gateway.issue.TerminalHealth;
import org.tocsin.gateway.link.MqttTerminalServer;
import org.tocsin.gateway.link.TerminalBook;
import org.tocsin.gateway.web.TerminalStates;

/**
 * How terminals are, by the gateway's own end and by what they reported.
 *
 * @param server the own end; null where terminals are at an outside broker, or nowhere
 */
record TerminalsSeen(
        @Nullable MqttTerminalServer server, TerminalBook book, TerminalReports reports, InstantSource clock)
        implements TerminalStates {
    /** The same as the form for warnings asks for it. */
    static TerminalHealth.State health(Condition condition) {
        return switch (condition) {
            case ONLINE -> TerminalHealth.State.ONLINE;
            case FAULT -> TerminalHealth.State.FAULTY;
            case OFFLINE -> TerminalHealth.State.OFFLINE;
            case UNKNOWN -> TerminalHealth.State.UNKNOWN;
        };
    }

    @Override
    public State of(String code) {
        Optional<TerminalReports.Last> last = reports.find(code);
        Instant reported = last.map(TerminalReports.Last::at).orElse(null);
        boolean failed =
                last.map(report -> report.evidence() == Evidence.FAILED).orElse(false);
        String said = last.map(TerminalReports.Last::code).orElse("");
        if (server == null) {
            return new State(failed ? Condition.FAULT : Condition.UNKNOWN, null, reported, reported, said);
        }
        boolean online = server.isOnline(code);
        Instant heard = server.silence(code)
                .map(silence -> clock.instant().minus(silence))
                .orElse(reported);
        Instant since = book.find(code)
                .filter(seen -> seen.online() == online)
                .map(TerminalBook.Seen::since)
                .orElse(null);
        Condition condition = !online ? Condition.OFFLINE : failed ? Condition.FAULT : Condition.ONLINE;
        return new State(condition, since, heard, reported, said);
    }
}
