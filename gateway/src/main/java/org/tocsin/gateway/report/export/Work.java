package org.tocsin.gateway.report.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.DoubleConsumer;

/** What makes a file. */
@FunctionalInterface
public interface Work {
    /**
     * Writes it; blocking.
     *
     * @param out where it goes; it ends the work by an {@link IOException} when the file grows too long
     * @param progress is told how far it is, 0 to 1; it ends the work by a
     *     {@link java.util.concurrent.CancellationException} when nobody wants it any more
     * @throws Refusal when it cannot be made, with the reason for who asked
     */
    void write(OutputStream out, DoubleConsumer progress) throws IOException;

    /** Why a file cannot be made, for who asked. */
    final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Says why, and what to do instead. */
        public Refusal(String message) {
            super(message, null, false, false);
        }

        /** Why. */
        public String why() {
            return String.valueOf(getMessage());
        }
    }
}
