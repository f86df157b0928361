package org.tocsin.gateway.registry;

/** Another import is running; nothing was changed. */
public final class ImportInProgress extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says so. */
    public ImportInProgress() {
        super("another import is running");
    }
}
