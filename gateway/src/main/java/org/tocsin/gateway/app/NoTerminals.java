package org.tocsin.gateway.app;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tocsin.channel.TerminalLink;

/** The terminals' end of a gateway that has none: all are offline. */
final class NoTerminals implements TerminalLink {
    @Override
    public void send(
            List<String> terminals, UnaryOperator<String> topic, byte[] payload, Duration timeout, Answers answers) {
        for (int index = 0; index < terminals.size(); index++) {
            answers.answer(index, Answer.OFFLINE);
        }
    }

    @Override
    public void listen(String topicFilter, Reports reports) {
        // Nobody can report.
    }
}
