package org.tocsin.channel.sms;

/** What came is no SMPP 3.4 PDU that this channel can trust: its connection is dropped, and no other. */
final class MalformedPdu extends Exception {
    private static final long serialVersionUID = 1;

    MalformedPdu(String message) {
        super(message);
    }
}
