package org.tocsin.simulator.sms;

/** What an operator says to a submit; each protocol has numbers of its own for it. */
enum Verdict {
    OK("ok"),
    ILLEGAL_NUMBER("illegal-number"),
    THROTTLED("throttled");

    final String word;

    Verdict(String word) {
        this.word = word;
    }
}
