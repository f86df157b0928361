package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import org.tocsin.channel.Receipt;

/** One connection of CMPP 2.0 or 3.0 (long connection). Source: QB-GF-028-2003. */
final class CmppConversation extends Conversation {
    private static final int AUTHENTICATOR_ZEROS = 9;

    private final CmppAccount account;

    CmppConversation(SmsLink link, Bind bind, SmsSettings settings, CmppAccount account) {
        super(link, bind, settings, Cmpp.HEADER, Cmpp.LONGEST_PDU);
        this.account = account;
    }

    @Override
    void login(ByteBuf out, int sequence) {
        String time = Times.stamp(link().now());
        Cmpp.header(out, Cmpp.HEADER + 27, Cmpp.CONNECT, sequence);
        Wire.field(out, account.source(), 6);
        out.writeBytes(Wire.authenticator(account.source(), AUTHENTICATOR_ZEROS, account.secret(), time));
        out.writeByte(account.three() ? 0x30 : 0x20);
        out.writeInt(Integer.parseInt(time));
    }

    @Override
    void take(ByteBuf in, int start, int end) throws MalformedPdu {
        int command = in.getInt(start + 4);
        int sequence = in.getInt(start + 8);
        int body = start + Cmpp.HEADER;
        switch (command) {
            case Cmpp.SUBMIT | Cmpp.RESPONSE -> submitAnswered(in, body, end, sequence);
            case Cmpp.DELIVER -> delivered(in, body, end, sequence);
            case Cmpp.CONNECT | Cmpp.RESPONSE -> connected(in, body, end);
            case Cmpp.ACTIVE_TEST -> {
                Cmpp.header(out(), Cmpp.HEADER + 1, Cmpp.ACTIVE_TEST | Cmpp.RESPONSE, sequence);
                out().writeByte(0);
            }
            case Cmpp.TERMINATE -> {
                Cmpp.header(out(), Cmpp.HEADER, Cmpp.TERMINATE | Cmpp.RESPONSE, sequence);
                flush();
                close();
            }
            case Cmpp.TERMINATE | Cmpp.RESPONSE -> close();
            default -> {
                // Answers to questions, and commands that CMPP has for others: that something came is all that counts.
            }
        }
    }

    private void connected(ByteBuf in, int body, int end) throws MalformedPdu {
        long status = status(in, body, end);
        if (status == 0) {
            loggedIn();
        } else {
            refused(Long.toString(status), Cmpp.refusesAccount(status));
        }
    }

    private void submitAnswered(ByteBuf in, int body, int end, int sequence) throws MalformedPdu {
        Wire.require(body, 8, end, "submit_resp");
        long result = status(in, body + 8, end);
        if (result != 0) {
            boolean unused = failed(sequence, Cmpp.outcome(result));
            return;
        }
        long messageId = in.getLong(body);
        if (messageId == 0) {
            takenWithoutId(sequence);
        } else if (numbersOf(sequence) == 1) {
            accepted(sequence, Long.toUnsignedString(messageId));
        } else {
            accepted(sequence, index -> Cmpp.reference(messageId, index));
        }
    }

    private long status(ByteBuf in, int at, int end) throws MalformedPdu {
        Wire.require(at, account.statusWidth(), end, "a status");
        return account.three() ? in.getUnsignedInt(at) : in.getUnsignedByte(at);
    }

    private void delivered(ByteBuf in, int body, int end, int sequence) throws MalformedPdu {
        Object read = Cmpp.read(in, body, end, account.three(), burstAt());
        long id = in.getLong(body);
        if (read instanceof Receipt receipt) {
            deliver(receipt, sequence, id, 0);
        } else if (read instanceof Fragment fragment) {
            deliver(fragment, sequence, id, 0);
        }
    }

    @Override
    void writeAnswer(ByteBuf out, int sequence, int status, long id, long more) {
        int width = account.statusWidth();
        Cmpp.header(out, Cmpp.HEADER + 8 + width, Cmpp.DELIVER | Cmpp.RESPONSE, sequence);
        out.writeLong(id);
        if (width == 4) {
            out.writeInt(status);
        } else {
            out.writeByte(status);
        }
    }

    @Override
    int notNow() {
        return Cmpp.CONGESTED;
    }

    @Override
    boolean ask(ByteBuf out, int sequence) {
        Cmpp.header(out, Cmpp.HEADER, Cmpp.ACTIVE_TEST, sequence);
        return true;
    }

    @Override
    void sayGoodbye(ByteBuf out, int sequence) {
        Cmpp.header(out, Cmpp.HEADER, Cmpp.TERMINATE, sequence);
    }
}
