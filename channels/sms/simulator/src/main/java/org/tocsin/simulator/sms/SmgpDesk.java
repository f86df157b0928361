package org.tocsin.simulator.sms;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One connection of a gateway over SMGP 3.0. */
final class SmgpDesk extends Desk {
    static final int HEADER = 12;
    private static final int RESPONSE = 0x80000000;
    private static final int LOGIN = 1;
    private static final int SUBMIT = 2;
    private static final int DELIVER = 3;
    private static final int ACTIVE_TEST = 4;
    private static final int EXIT = 6;
    private static final int AUTHENTICATION_FAILED = 21;
    private static final int UDHI = 2;

    private final String client;
    private final String secret;
    private boolean open;

    SmgpDesk(Operator operator, int window, String client, String secret) {
        super(operator, HEADER, window);
        this.client = client;
        this.secret = secret;
    }

    @Override
    void take(int command, ByteBuf head, ByteBuf body) {
        int number = head.getInt(8);
        switch (command) {
            case LOGIN -> login(number, body);
            case SUBMIT -> {
                if (!open) {
                    throw new IndexOutOfBoundsException("a submit before the login");
                }
                operator.submitted(this, submission(number, body));
            }
            case DELIVER | RESPONSE -> delivered(number, body.getInt(10) == 0);
            case ACTIVE_TEST -> {
                if (!operator.isPaused()) {
                    header(out(), HEADER, ACTIVE_TEST | RESPONSE, number);
                }
            }
            case EXIT -> {
                header(out(), HEADER, EXIT | RESPONSE, number);
                flush();
                drop();
            }
            default -> {
                // What else there is does nothing here.
            }
        }
    }

    private void login(int number, ByteBuf body) {
        String name = field(body, 8);
        byte[] authenticator = new byte[16];
        body.readBytes(authenticator);
        body.skipBytes(1);
        String time = "%010d".formatted(body.readUnsignedInt());
        boolean known = name.equals(client) && Arrays.equals(authenticator, md5(name + "\0".repeat(7) + secret + time));
        header(out(), HEADER + 21, LOGIN | RESPONSE, number);
        out().writeInt(known ? 0 : AUTHENTICATION_FAILED);
        out().writeZero(16);
        out().writeByte(0x30);
        if (known) {
            open = true;
            opened();
        }
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Submission submission(int number, ByteBuf body) {
        body.skipBytes(1);
        boolean wantsReport = body.readByte() == 1;
        body.skipBytes(1 + 10 + 2 + 6 + 6);
        int coding = body.readUnsignedByte();
        body.skipBytes(17 + 17);
        String sender = field(body, 21);
        body.skipBytes(21);
        int count = body.readUnsignedByte();
        List<String> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            addresses.add(field(body, 21));
        }
        byte[] octets = new byte[body.readUnsignedByte()];
        body.readBytes(octets);
        body.skipBytes(8);
        boolean headed = false;
        while (body.isReadable()) {
            int tag = body.readUnsignedShort();
            ByteBuf value = body.readSlice(body.readUnsignedShort());
            headed |= tag == UDHI && value.readByte() == 1;
        }
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
        header(to, HEADER + 14, SUBMIT | RESPONSE, submission.sequence());
        id(to, ticket);
        to.writeInt(
                switch (verdict) {
                    case OK -> 0;
                    case THROTTLED -> 1;
                    case ILLEGAL_NUMBER -> 47;
                });
    }

    @Override
    void write(ByteBuf to, Notification notification, int number) {
        header(to, 0, DELIVER, number);
        id(to, notification.ticket);
        to.writeByte(notification.isReport() ? 1 : 0);
        to.writeByte(notification.isReport() ? 0 : 8);
        field(to, "20260720080100", 14);
        field(to, notification.address, 21);
        field(to, notification.source, 21);
        int lengthAt = to.writerIndex();
        to.writeByte(0);
        if (notification.text == null) {
            ascii(to, "id:");
            id(to, notification.ticket);
            ascii(to, " sub:001 dlvrd:001 Submit date:2607200800 Done date:2607200801 Stat:");
            ascii(to, notification.stat);
            ascii(to, notification.stat.equals("DELIVRD") ? " Err:000 Text:" : " Err:006 Text:");
            to.writeZero(20);
        } else {
            to.writeCharSequence(notification.text, StandardCharsets.UTF_16BE);
        }
        to.setByte(lengthAt, to.writerIndex() - lengthAt - 1);
        to.writeZero(8);
    }

    private static void ascii(ByteBuf to, String text) {
        to.writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    /** Twenty digits, two an octet. */
    private static void id(ByteBuf to, Ticket ticket) {
        String digits = "%020d".formatted(ticket.first());
        for (int i = 0; i < digits.length(); i += 2) {
            to.writeByte(((digits.charAt(i) - '0') << 4) | (digits.charAt(i + 1) - '0'));
        }
    }

    private static void header(ByteBuf to, int length, int command, int number) {
        to.writeInt(length);
        to.writeInt(command);
        to.writeInt(number);
    }

    /** Ids that count up; all numbers of a group share one. */
    static final class Ids implements Operator.Numbering {
        private long last = 10_000_000_720_080_000L;

        @Override
        public Ticket ticket(Submission submission) {
            return new Ticket(++last, 0);
        }

        @Override
        public Ticket of(Ticket ticket, int index) {
            return ticket;
        }

        @Override
        public String text(Ticket ticket) {
            return "%020d".formatted(ticket.first());
        }
    }
}
