package org.tocsin.channel;

import org.jspecify.annotations.Nullable;

/**
 * What is a channel's own where it tells terminals: topics, payloads, and what a report means. Does not block; may be
 * used by any thread.
 */
public interface TerminalDialect {
    /** The topic filter below which all of the channel's terminals report. */
    String reports();

    /** Where a terminal hears its commands; the code has passed {@link TerminalTalk#isCode}. */
    String commandTopic(String code);

    /** Where a terminal reports; a report from elsewhere counts as unreadable. */
    String reportTopic(String code);

    /** Writes a notice as a command, the same bytes for the same notice. */
    byte[] command(Notice notice);

    /** Reads a report; null where it is none. The payload may be anything. */
    @Nullable
    TerminalReport report(byte[] payload);

    /**
     * Hears of a report that was kept out because it could not be read.
     *
     * @param came the report
     * @param soFar how many such there have been on this link
     */
    void unreadable(TerminalLink.Report came, long soFar);
}
