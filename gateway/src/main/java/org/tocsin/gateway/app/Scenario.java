package org.tocsin.gateway.app;

import java.util.Map;
import java.util.TreeMap;

/** A demo's scenario: how the carriers behave, and what is expected of the warning. */
enum Scenario {
    /** Carriers deliver as carriers do; the goal is expected to be met. */
    BASELINE("baseline", 60),
    /** Carriers accept and never report; the goal can never be met, and the demo never ends with 0. */
    SILENT("silent", 20),
    /**
     * SMS goes by CMPP and by SMPP; the first provider is gone for good when it has taken a part, and the other one
     * throttles. The goal is expected to be met, nobody lost, and nobody sent to twice but whose submit was in flight,
     * unanswered, when the link dropped.
     */
    SMS_FAILOVER("sms-failover", 90);

    /** The provider that throttles takes so manyth part of the residents' number in submits a second. */
    private static final int THROTTLED_PART = 10;

    /** The one that fails has taken so manyth part of the residents' number in submits by then. */
    private static final int FAILING_PART = 2;

    private static final String CMPP_WINDOW = "256";

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

    /** Whether a carrier goes away with what it was to report. */
    boolean losesACarrier() {
        return this == SMS_FAILOVER;
    }

    /** Whether the books must show that nobody was lost, nor sent to twice without need. */
    boolean countsBooks() {
        return this == SMS_FAILOVER;
    }

    /**
     * How the simulators are told to behave: {@code share/<channel>/<name>}, {@code quirk/<provider>/<name>} and
     * {@code run/<provider>}.
     */
    Map<String, String> behaviour(int residents) {
        Map<String, String> shares = new TreeMap<>();
        switch (this) {
            // Every report comes, good or bad, so that the demo need not wait for those that never do.
            case BASELINE -> shares.put("share/sms/silent", "0");
            case SMS_FAILOVER -> {
                shares.put("share/sms/silent", "0");
                shares.put("run/simulated-cmpp", "yes");
                // A message takes two submits, so this is about half of what the provider is to carry.
                shares.put("quirk/simulated-cmpp/downAfter", Integer.toString(residents / FAILING_PART));
                shares.put("quirk/simulated-cmpp/window", CMPP_WINDOW);
                shares.put("quirk/simulated-smpp/ratePerSecond", Integer.toString(residents / THROTTLED_PART));
            }
            case SILENT -> {
                for (String channel : new String[] {"sms", "wechat", "app", "loudspeaker", "screen"}) {
                    shares.put("share/" + channel + "/silent", "1");
                }
            }
        }
        return shares;
    }
}
