package org.tocsin.simulator.sms;

import org.jspecify.annotations.Nullable;

/** A report or a person's message on its way to the gateway, or waiting for its time. Used by the event loop alone. */
final class Notification {
    final Ticket ticket;
    final String address;
    final String source;
    final String stat;
    final @Nullable String text;
    long due;
    int copies;

    /** A report; the text is null. A message that a person wrote has a text, and no stat. */
    Notification(
            Ticket ticket, String address, String source, String stat, @Nullable String text, long due, int copies) {
        this.ticket = ticket;
        this.address = address;
        this.source = source;
        this.stat = stat;
        this.text = text;
        this.due = due;
        this.copies = copies;
    }

    boolean isReport() {
        return text == null;
    }
}
