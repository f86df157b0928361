package org.tocsin.channel;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The terminals that are connected to the gateway's own end or to a broker: one payload to a set of them, an
 * acknowledgement from each, reports in. Topics, payloads and what a report means belong to the channel. May be used by
 * any thread.
 */
public interface TerminalLink {
    /** What became of one terminal's payload. */
    enum Answer {
        /** The terminal, or the broker for it, acknowledged the payload. That is not a play. */
        ACKNOWLEDGED,
        /** The terminal is not connected; nothing was sent. */
        OFFLINE,
        /** No acknowledgement came in time; it may have been taken. */
        UNANSWERED
    }

    /** Hears each terminal's answer once. It does not block. */
    @FunctionalInterface
    interface Answers {
        /**
         * Takes an answer.
         *
         * @param index which terminal of the list, from 0
         * @param answer what became of it
         */
        void answer(int index, Answer answer);
    }

    /**
     * What a terminal reports.
     *
     * @param terminal the terminal's code, as it authenticated itself
     * @param topic the topic it was published to
     * @param payload the bytes, at most 64 KiB
     */
    record Report(String terminal, String topic, byte[] payload) {}

    /** Takes reports; the terminal's publish is acknowledged when {@code kept} is told true. */
    @FunctionalInterface
    interface Reports {
        /** Takes a report; does not block. */
        void report(Report report, Kept kept);
    }

    /**
     * Sends a payload to terminals, at least once (MQTT QoS 1).
     *
     * @param terminals the terminals' codes
     * @param topic gives a terminal's topic by its code
     * @param payload the bytes, the same for all
     * @param timeout how long to wait for an acknowledgement
     * @param answers hears each terminal's answer
     */
    void send(List<String> terminals, UnaryOperator<String> topic, byte[] payload, Duration timeout, Answers answers);

    /**
     * Takes the reports of a channel's terminals from now on.
     *
     * @param topicFilter an MQTT topic filter, with + and #; one handler for each filter, the last one counts
     * @param reports who takes them
     */
    void listen(String topicFilter, Reports reports);
}
