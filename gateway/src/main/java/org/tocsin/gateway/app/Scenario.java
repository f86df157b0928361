package org.tocsin.gateway.app;

import java.util.Map;
import java.util.TreeMap;

/** A demo's scenario: how the carriers behave, and what is expected of the warning. */
enum Scenario {
    /** Carriers deliver as carriers do; the goal is expected to be met. */
    BASELINE("baseline", 60),
    /** Carriers accept and never report; the goal can never be met, and the demo never ends with 0. */
    SILENT("silent", 20);

    private final String word;
    private final int waitSeconds;

    Scenario(String word, int waitSeconds) {
        this.word = word;
        this.waitSeconds = waitSeconds;
    }

    /** Its name on the command line. */
    String word() {
        return word;
    }

    /** How long after sign-off the demo waits at most unless told otherwise. */
    int waitSeconds() {
        return waitSeconds;
    }

    /** How the simulators are told to behave: {@code share/<channel>/<name>}. */
    Map<String, String> behaviour() {
        Map<String, String> shares = new TreeMap<>();
        switch (this) {
            // Every report comes, good or bad, so that the demo need not wait for those that never do.
            case BASELINE -> shares.put("share/sms/silent", "0");
            case SILENT -> {
                for (String channel : new String[] {"sms", "wechat", "app", "loudspeaker", "screen"}) {
                    shares.put("share/" + channel + "/silent", "1");
                }
            }
        }
        return shares;
    }
}
