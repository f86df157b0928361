package org.tocsin.simulator.sms;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One connection of an ISMG over CMPP 2.0 or 3.0, as the client's connect says. */
final class CmppDesk extends Desk {
    static final int HEADER = 12;
    private static final int RESPONSE = 0x80000000;
    private static final int CONNECT = 1;
    private static final int TERMINATE = 2;
    private static final int SUBMIT = 4;
    private static final int DELIVER = 5;
    private static final int ACTIVE_TEST = 8;
    private static final int AUTHENTICATION_FAILED = 3;
    private static final int SOURCE_UNKNOWN = 2;

    private final String source;
    private final String secret;
    private boolean three;
    private boolean open;

    CmppDesk(Operator operator, int window, String source, String secret) {
        super(operator, HEADER, window);
        this.source = source;
        this.secret = secret;
    }

    @Override
    void take(int command, ByteBuf head, ByteBuf body) {
        int number = head.getInt(8);
        switch (command) {
            case CONNECT -> connect(number, body);
            case SUBMIT -> {
                if (!open) {
                    throw new IndexOutOfBoundsException("a submit before the connect");
                }
                operator.submitted(this, submission(number, body));
            }
            case DELIVER | RESPONSE -> {
                body.skipBytes(8);
                delivered(number, (three ? body.readInt() : body.readByte()) == 0);
            }
            case ACTIVE_TEST -> {
                if (!operator.isPaused()) {
                    header(out(), HEADER + 1, ACTIVE_TEST | RESPONSE, number);
                    out().writeByte(0);
                }
            }
            case TERMINATE -> {
                header(out(), HEADER, TERMINATE | RESPONSE, number);
                flush();
                drop();
            }
            default -> {
                // What else there is does nothing here.
            }
        }
    }

    private void connect(int number, ByteBuf body) {
        String name = field(body, 6);
        byte[] authenticator = new byte[16];
        body.readBytes(authenticator);
        three = body.readByte() == 0x30;
        String time = "%010d".formatted(body.readUnsignedInt());
        int status = 0;
        if (!name.equals(source)) {
            status = SOURCE_UNKNOWN;
        } else if (!Arrays.equals(authenticator, md5(name, secret, time))) {
            status = AUTHENTICATION_FAILED;
        }
        header(out(), HEADER + (three ? 21 : 18), CONNECT | RESPONSE, number);
        status(out(), status);
        out().writeZero(16);
        out().writeByte(three ? 0x30 : 0x20);
        if (status == 0) {
            open = true;
            opened();
        }
    }

    private static byte[] md5(String name, String secret, String time) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update((name + "\0".repeat(9) + secret + time).getBytes(StandardCharsets.US_ASCII));
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Submission submission(int number, ByteBuf body) {
        body.skipBytes(10);
        boolean wantsReport = body.readByte() == 1;
        body.skipBytes(1 + 10 + 1 + (three ? 33 : 21) + 1);
        boolean headed = body.readByte() != 0;
        int coding = body.readUnsignedByte();
        body.skipBytes(6 + 2 + 6 + 17 + 17);
        String sender = field(body, 21);
        int count = body.readUnsignedByte();
        List<String> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            addresses.add(field(body, three ? 32 : 21));
        }
        body.skipBytes(three ? 1 : 0);
        byte[] octets = new byte[body.readUnsignedByte()];
        body.readBytes(octets);
        body.skipBytes(three ? 20 : 8);
        int[] part = part(octets, headed);
        return new Submission(
                number,
                0,
                sender,
                addresses,
                wantsReport,
                coding,
                part[0],
                part[1],
                part[2],
                text(octets, headed, coding, operator.keepsTexts()));
    }

    @Override
    void answer(Submission submission, Verdict verdict, Ticket ticket) {
        ByteBuf to = out();
        header(to, HEADER + 8 + (three ? 4 : 1), SUBMIT | RESPONSE, submission.sequence());
        to.writeLong(verdict == Verdict.OK ? ticket.first() : 0);
        status(
                to,
                switch (verdict) {
                    case OK -> 0;
                    case THROTTLED -> 8;
                    case ILLEGAL_NUMBER -> 13;
                });
    }

    @Override
    void write(ByteBuf to, Notification notification, int number) {
        header(to, 0, DELIVER, number);
        to.writeLong(notification.ticket.first());
        field(to, notification.source, 21);
        to.writeZero(10);
        to.writeByte(0);
        to.writeByte(0);
        to.writeByte(notification.isReport() ? 0 : 8);
        field(to, notification.address, three ? 32 : 21);
        to.writeZero(three ? 1 : 0);
        to.writeByte(notification.isReport() ? 1 : 0);
        int lengthAt = to.writerIndex();
        to.writeByte(0);
        if (notification.text == null) {
            to.writeLong(notification.ticket.first());
            field(to, notification.stat, 7);
            field(to, "2607200800", 10);
            field(to, "2607200801", 10);
            field(to, notification.address, three ? 32 : 21);
            to.writeInt(number);
        } else {
            to.writeCharSequence(notification.text, StandardCharsets.UTF_16BE);
        }
        to.setByte(lengthAt, to.writerIndex() - lengthAt - 1);
        to.writeZero(three ? 20 : 8);
    }

    private void status(ByteBuf to, int status) {
        if (three) {
            to.writeInt(status);
        } else {
            to.writeByte(status);
        }
    }

    private static void header(ByteBuf to, int length, int command, int number) {
        to.writeInt(length);
        to.writeInt(command);
        to.writeInt(number);
    }

    /** Ids as CMPP builds them: time, gateway, and a sequence of 16 bits that a group may wrap around. */
    static final class Ids implements Operator.Numbering {
        private static final int HALF = 0x8000;
        private long gateway = 1;
        private int sequence;
        private int used;

        Ids(int firstSequence) {
            this.sequence = firstSequence;
        }

        @Override
        public Ticket ticket(Submission submission) {
            int count = submission.addresses().size();
            used += count;
            if (used > HALF) {
                // As if a second had passed: the same number never means two messages.
                gateway++;
                used = count;
            }
            // The twentieth of July, eight o'clock.
            long first = 7L << 60 | 20L << 55 | 8L << 50 | gateway << 16 | sequence;
            sequence = (sequence + count) & 0xFFFF;
            return new Ticket(first, 0);
        }

        @Override
        public Ticket of(Ticket ticket, int index) {
            long first = ticket.first();
            return new Ticket((first & ~0xFFFFL) | ((first + index) & 0xFFFF), 0);
        }

        @Override
        public String text(Ticket ticket) {
            return Long.toUnsignedString(ticket.first());
        }
    }
}
