package org.tocsin.gateway.approval;

import org.tocsin.alert.Alert;

/** Writes an alert that the gateway makes itself, such as a Cancel by act, as CAP 1.2 XML. */
@FunctionalInterface
public interface AlertWriter {
    /** The alert as a document. */
    byte[] write(Alert alert);
}
