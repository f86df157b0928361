package org.tocsin.simulator.sms;

/** One segment's delivery receipt, on its way or waiting for its time. Used by the event loop alone. */
final class Report {
    final long id;
    final String address;
    final String source;
    final State state;
    long due;
    int copies;

    Report(long id, String address, String source, State state, long due, int copies) {
        this.id = id;
        this.address = address;
        this.source = source;
        this.state = state;
        this.due = due;
        this.copies = copies;
    }

    /** What a receipt says: message_state, the text form's word, its error. */
    enum State {
        DELIVERED(2, "DELIVRD", "000"),
        EXPIRED(3, "EXPIRED", "027"),
        UNDELIVERABLE(5, "UNDELIV", "001"),
        REJECTED(8, "REJECTD", "069");

        final int number;
        final String word;
        final String error;

        State(int number, String word, String error) {
            this.number = number;
            this.word = word;
            this.error = error;
        }
    }
}
