package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import org.tocsin.channel.Receipt;

/** One connection of SMGP 3.0, for sending and receiving. Source: China Telecom's SMGP 3.0.3. */
final class SmgpConversation extends Conversation {
    private static final int AUTHENTICATOR_ZEROS = 7;
    private static final int TRANSCEIVER = 2;
    private static final int VERSION = 0x30;

    private final SmgpAccount account;
    private final boolean grouped;

    SmgpConversation(SmsLink link, Bind bind, SmsSettings settings, SmgpAccount account) {
        super(link, bind, settings, Smgp.HEADER, Smgp.LONGEST_PDU);
        this.account = account;
        this.grouped = settings.group() > 1;
    }

    @Override
    void login(ByteBuf out, int sequence) {
        String time = Times.stamp(link().now());
        Smgp.header(out, Smgp.HEADER + 30, Smgp.LOGIN, sequence);
        Wire.field(out, account.clientId(), 8);
        out.writeBytes(Wire.authenticator(account.clientId(), AUTHENTICATOR_ZEROS, account.secret(), time));
        out.writeByte(TRANSCEIVER);
        out.writeInt(Integer.parseInt(time));
        out.writeByte(VERSION);
    }

    @Override
    void take(ByteBuf in, int start, int end) throws MalformedPdu {
        int command = in.getInt(start + 4);
        int sequence = in.getInt(start + 8);
        int body = start + Smgp.HEADER;
        switch (command) {
            case Smgp.SUBMIT | Smgp.RESPONSE -> submitAnswered(in, body, end, sequence);
            case Smgp.DELIVER -> delivered(in, body, end, sequence);
            case Smgp.LOGIN | Smgp.RESPONSE -> answered(in, body, end);
            case Smgp.ACTIVE_TEST -> Smgp.header(out(), Smgp.HEADER, Smgp.ACTIVE_TEST | Smgp.RESPONSE, sequence);
            case Smgp.EXIT -> {
                Smgp.header(out(), Smgp.HEADER, Smgp.EXIT | Smgp.RESPONSE, sequence);
                flush();
                close();
            }
            case Smgp.EXIT | Smgp.RESPONSE -> close();
            default -> {
                // Answers to questions, and commands that SMGP has for others: that something came is all that counts.
            }
        }
    }

    private void answered(ByteBuf in, int body, int end) throws MalformedPdu {
        Wire.require(body, 4, end, "login_resp");
        long status = in.getUnsignedInt(body);
        if (status == 0) {
            loggedIn();
        } else {
            refused(Long.toString(status), Smgp.refusesAccount(status));
        }
    }

    private void submitAnswered(ByteBuf in, int body, int end, int sequence) throws MalformedPdu {
        Wire.require(body, Smgp.ID + 4, end, "submit_resp");
        long status = in.getUnsignedInt(body + Smgp.ID);
        if (status != 0) {
            boolean unused = failed(sequence, Smgp.outcome(status));
            return;
        }
        String id = Smgp.reference(in, body);
        if (!grouped) {
            accepted(sequence, id);
            return;
        }
        // The numbers are read while the submit is open, as accepting it closes it.
        String[] references = new String[numbersOf(sequence)];
        for (int i = 0; i < references.length; i++) {
            references[i] = Smgp.reference(id, numberOf(sequence, i));
        }
        accepted(sequence, index -> references[index]);
    }

    private void delivered(ByteBuf in, int body, int end, int sequence) throws MalformedPdu {
        Object read = Smgp.read(in, body, end, grouped, burstAt());
        long id = in.getLong(body);
        long rest = in.getUnsignedShort(body + 8);
        if (read instanceof Receipt receipt) {
            deliver(receipt, sequence, id, rest);
        } else if (read instanceof Fragment fragment) {
            deliver(fragment, sequence, id, rest);
        }
    }

    @Override
    void writeAnswer(ByteBuf out, int sequence, int status, long id, long more) {
        Smgp.header(out, Smgp.HEADER + Smgp.ID + 4, Smgp.DELIVER | Smgp.RESPONSE, sequence);
        out.writeLong(id);
        out.writeShort((int) more);
        out.writeInt(status);
    }

    @Override
    int notNow() {
        return Smgp.BUSY;
    }

    @Override
    boolean ask(ByteBuf out, int sequence) {
        Smgp.header(out, Smgp.HEADER, Smgp.ACTIVE_TEST, sequence);
        return true;
    }

    @Override
    void sayGoodbye(ByteBuf out, int sequence) {
        Smgp.header(out, Smgp.HEADER, Smgp.EXIT, sequence);
    }
}
