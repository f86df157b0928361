package org.tocsin.gateway.receipt;

/** A journal entry is damaged, or was written by a newer gateway. */
public final class CorruptJournal extends RuntimeException {
    private static final long serialVersionUID = 1;

    CorruptJournal(String message) {
        super(message);
    }
}
