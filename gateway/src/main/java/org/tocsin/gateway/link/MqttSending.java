package org.tocsin.gateway.link;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.TerminalLink.Answer;
import org.tocsin.channel.TerminalLink.Answers;

/** One payload on its way to many terminals, each of which is answered once. Used on one event loop only. */
final class MqttSending {
    private static final Logger LOG = LoggerFactory.getLogger(MqttSending.class);

    private final List<String> terminals;
    private final Answers answers;
    private final long deadline;
    private final boolean[] answered;
    private int open;

    MqttSending(List<String> terminals, Answers answers, long deadline) {
        this.terminals = terminals;
        this.answers = answers;
        this.deadline = deadline;
        this.answered = new boolean[terminals.size()];
        this.open = terminals.size();
    }

    int size() {
        return terminals.size();
    }

    String terminal(int index) {
        return terminals.get(index);
    }

    boolean isOpen() {
        return open > 0;
    }

    boolean isAnswered(int index) {
        return answered[index];
    }

    /** Whether its time is over at this {@link System#nanoTime}. */
    boolean isOver(long now) {
        return now - deadline >= 0;
    }

    /** Tells an answer; only the first one of a terminal counts. */
    void answer(int index, Answer answer) {
        if (answered[index]) {
            return;
        }
        answered[index] = true;
        open--;
        try {
            answers.answer(index, answer);
        } catch (RuntimeException defect) {
            LOG.error("an answer of a terminal was not taken", defect);
        }
    }

    /** Tells all who have no answer yet. */
    void answerRest(Answer answer) {
        for (int index = 0; index < answered.length; index++) {
            answer(index, answer);
        }
    }
}
