package org.tocsin.gateway.validation;

import java.util.Set;
import org.tocsin.alert.Reference;

/** Which earlier alerts this gateway has taken. Implementations are safe for many threads. */
@FunctionalInterface
public interface KnownIssues {
    /**
     * The senders of the alerts taken here that a reference names; empty where it names none.
     *
     * @param reference with sender and sent, or with the identifier alone
     */
    Set<String> senders(Reference reference);

    /** Whether a reference names an alert that was taken here. */
    default boolean knows(Reference reference) {
        return !senders(reference).isEmpty();
    }
}
