package org.tocsin.load;

import java.io.IOException;

/** One thing that the suite measures. */
interface Scenario {
    /** It cannot be measured here, and the message says why. */
    final class NotHere extends IOException {
        private static final long serialVersionUID = 1;

        NotHere(String why) {
            super(why);
        }
    }

    /** Its name on the command line and in the figures. */
    String name();

    /** What it measures, in a line. */
    String measures();

    /** What it costs in time at its default size. */
    String costs();

    /**
     * Measures.
     *
     * @throws NotHere when something is missing that it needs
     * @throws IOException when it failed
     */
    void run(Bench bench) throws IOException;
}
