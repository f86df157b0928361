package org.tocsin.gateway.validation;

import org.tocsin.alert.Reference;

/** Which earlier alerts this gateway has taken. Implementations are safe for many threads. */
@FunctionalInterface
public interface KnownIssues {
    /**
     * Whether a reference names an alert that was taken here.
     *
     * @param reference with sender and sent, or with the identifier alone
     */
    boolean knows(Reference reference);
}
