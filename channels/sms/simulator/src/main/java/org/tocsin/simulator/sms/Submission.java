package org.tocsin.simulator.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One submit of CMPP, SMGP or SGIP.
 *
 * @param sequence its number, to be answered with
 * @param node what else of the request SGIP's answer repeats; 0 elsewhere
 * @param source who sends
 * @param addresses whom to
 * @param wantsReport whether a report is asked for
 * @param coding how the text is encoded
 * @param reference the concatenation's reference
 * @param total how many segments the message has, 1 for a whole one
 * @param number which one this is, from 1
 * @param text the segment's text; null unless texts are kept
 */
record Submission(
        int sequence,
        long node,
        String source,
        List<String> addresses,
        boolean wantsReport,
        int coding,
        int reference,
        int total,
        int number,
        @Nullable String text) {}
