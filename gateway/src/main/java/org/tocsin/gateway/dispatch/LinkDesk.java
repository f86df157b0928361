package org.tocsin.gateway.dispatch;

import java.util.List;

/** What an operator sees of the links, and does to one. May be used by any thread. */
public interface LinkDesk {
    /** The links in the order of the settings. */
    List<LinkView> views();

    /** What terminals reported last. */
    TerminalReports reports();

    /**
     * Sends a test to whoever asks, over one link. It says in its text that it is a test.
     *
     * @param who the id of who asks; the registry's contact of this key is whom it goes to
     * @param name their name, for the text
     * @throws TestSendRefused where it is not sent
     */
    TestSend test(String link, String who, String name);

    /** The tests that somebody sent since the start, the latest first. */
    List<TestSend> tests(String who);
}
