package org.tocsin.gateway.web;

import java.io.IOException;
import java.io.InputStream;

/** Imports of the registry. Blocking; may be used by any thread. */
@FunctionalInterface
public interface RegistryImport {
    /**
     * Imports a file.
     *
     * @param kind divisions, contacts, audiences, terminals, boundaries, operators or ported
     * @param body the file
     * @param dryRun whether nothing is kept
     * @param actor the id of who imports
     * @return the report as JSON, UTF-8
     * @throws Busy while another import runs
     */
    byte[] run(String kind, InputStream body, boolean dryRun, String actor) throws IOException;

    /** Another import runs: the answer is 409. */
    final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Says so. */
        public Busy(String message) {
            super(message);
        }
    }
}
