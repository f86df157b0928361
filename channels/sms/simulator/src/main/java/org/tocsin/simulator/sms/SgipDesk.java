package org.tocsin.simulator.sms;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection of a gateway over SGIP 1.2: the client's, by which submits come, or the gateway's own to the client,
 * by which reports go.
 */
final class SgipDesk extends Desk {
    static final int HEADER = 20;
    private static final int RESPONSE = 0x80000000;
    private static final int BIND = 1;
    private static final int UNBIND = 2;
    private static final int SUBMIT = 3;
    private static final int DELIVER = 4;
    private static final int REPORT = 5;
    private static final int ILLEGAL_LOGIN = 1;
    private static final int NODE = 0x12345678;
    private static final int TIME = 720_080_000;

    private final String name;
    private final String password;
    private final boolean own;
    private boolean open;

    /** {@code own} is a connection that this gateway opened, which logs in with the name and password. */
    SgipDesk(Operator operator, int window, String name, String password, boolean own) {
        super(operator, HEADER, window);
        this.name = name;
        this.password = password;
        this.own = own;
    }

    /** Logs in on a connection of the gateway's own. */
    void bind() {
        ByteBuf to = out();
        to.writeInt(HEADER + 41);
        to.writeInt(BIND);
        to.writeInt(NODE);
        to.writeInt(TIME);
        to.writeInt(0);
        to.writeByte(2);
        field(to, name, 16);
        field(to, password, 16);
        to.writeZero(8);
        flush();
    }

    @Override
    void take(int command, ByteBuf head, ByteBuf body) {
        switch (command) {
            case BIND -> {
                boolean toGateway = body.readByte() == 1;
                boolean known = field(body, 16).equals(name) && field(body, 16).equals(password);
                open = toGateway && known && !own;
                respond(head, BIND, open ? 0 : ILLEGAL_LOGIN);
            }
            case BIND | RESPONSE -> {
                if (own && body.readByte() == 0) {
                    opened();
                }
            }
            case SUBMIT -> {
                if (!open) {
                    throw new IndexOutOfBoundsException("a submit before the bind");
                }
                operator.submitted(this, submission(head, body));
            }
            case REPORT | RESPONSE, DELIVER | RESPONSE -> delivered(head.getInt(16), body.readByte() == 0);
            case UNBIND -> {
                header(out(), HEADER, UNBIND | RESPONSE, head.getLong(8), head.getInt(16));
                flush();
                drop();
            }
            default -> {
                // What else there is does nothing here.
            }
        }
    }

    private void respond(ByteBuf head, int command, int result) {
        header(out(), HEADER + 9, command | RESPONSE, head.getLong(8), head.getInt(16));
        out().writeByte(result);
        out().writeZero(8);
    }

    private Submission submission(ByteBuf head, ByteBuf body) {
        String sender = field(body, 21);
        body.skipBytes(21);
        int count = body.readUnsignedByte();
        List<String> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String number = field(body, 21);
            addresses.add(number.startsWith("86") ? number.substring(2) : number);
        }
        body.skipBytes(5 + 10 + 1 + 6 + 6 + 1 + 1 + 1 + 16 + 16);
        boolean wantsReport = body.readByte() == 1;
        body.skipBytes(1);
        boolean headed = body.readByte() != 0;
        int coding = body.readUnsignedByte();
        body.skipBytes(1);
        byte[] octets = new byte[body.readInt()];
        body.readBytes(octets);
        body.skipBytes(8);
        int[] part = part(octets, headed);
        return new Submission(
                head.getInt(16),
                head.getLong(8),
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
        header(out(), HEADER + 9, SUBMIT | RESPONSE, submission.node(), submission.sequence());
        out().writeByte(
                        switch (verdict) {
                            case OK -> 0;
                            case THROTTLED -> 11;
                            case ILLEGAL_NUMBER -> 6;
                        });
        out().writeZero(8);
    }

    @Override
    void write(ByteBuf to, Notification notification, int number) {
        to.writeInt(0);
        to.writeInt(notification.isReport() ? REPORT : DELIVER);
        to.writeInt(NODE);
        to.writeInt(TIME);
        to.writeInt(number);
        if (notification.text == null) {
            to.writeLong(notification.ticket.first());
            to.writeInt((int) notification.ticket.second());
            to.writeByte(0);
            field(to, "86" + notification.address, 21);
            to.writeByte(notification.stat.equals("DELIVRD") ? 0 : 2);
            to.writeByte(notification.stat.equals("DELIVRD") ? 0 : 25);
        } else {
            field(to, "86" + notification.address, 21);
            field(to, notification.source, 21);
            to.writeByte(0);
            to.writeByte(0);
            to.writeByte(8);
            to.writeInt(notification.text.length() * 2);
            to.writeCharSequence(notification.text, StandardCharsets.UTF_16BE);
        }
        to.writeZero(8);
    }

    private static void header(ByteBuf to, int length, int command, long nodeAndTime, int number) {
        to.writeInt(length);
        to.writeInt(command);
        to.writeLong(nodeAndTime);
        to.writeInt(number);
    }

    /** A message's id is its submit's sequence; all numbers of a group share it. */
    static final class Ids implements Operator.Numbering {
        @Override
        public Ticket ticket(Submission submission) {
            return new Ticket(submission.node(), submission.sequence());
        }

        @Override
        public Ticket of(Ticket ticket, int index) {
            return ticket;
        }

        @Override
        public String text(Ticket ticket) {
            return (ticket.first() >>> 32)
                    + "%010d%010d".formatted(ticket.first() & 0xFFFFFFFFL, ticket.second() & 0xFFFFFFFFL);
        }
    }
}
