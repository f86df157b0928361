package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;

/** One connection of ours to a gateway of SGIP 1.2, for submits alone. Source: China Unicom's SGIP 1.2. */
final class SgipConversation extends Conversation {
    private final SgipAccount account;
    private final boolean grouped;

    SgipConversation(SmsLink link, Bind bind, SmsSettings settings, SgipAccount account) {
        super(link, bind, settings, Sgip.HEADER, Sgip.LONGEST_PDU);
        this.account = account;
        this.grouped = settings.group() > 1;
    }

    @Override
    void login(ByteBuf out, int sequence) {
        header(out, Sgip.HEADER + 41, Sgip.BIND, sequence);
        out.writeByte(Sgip.TO_GATEWAY);
        Wire.field(out, account.name(), 16);
        Wire.field(out, account.password(), 16);
        out.writeZero(8);
    }

    private void header(ByteBuf out, int length, int command, int sequence) {
        int time = Integer.parseInt(Times.stamp(link().now()));
        Sgip.header(out, length, command, (int) account.node(), time, sequence);
    }

    @Override
    void take(ByteBuf in, int start, int end) throws MalformedPdu {
        int command = in.getInt(start + 4);
        switch (command) {
            case Sgip.SUBMIT | Sgip.RESPONSE -> submitAnswered(in, start, end);
            case Sgip.BIND | Sgip.RESPONSE -> {
                Wire.require(start + Sgip.HEADER, 1, end, "bind_resp");
                int result = in.getUnsignedByte(start + Sgip.HEADER);
                if (result == 0) {
                    loggedIn();
                } else {
                    refused(Integer.toString(result), Sgip.refusesAccount(result));
                }
            }
            case Sgip.UNBIND -> {
                Sgip.header(
                        out(),
                        Sgip.HEADER,
                        Sgip.UNBIND | Sgip.RESPONSE,
                        in.getInt(start + 8),
                        in.getInt(start + 12),
                        in.getInt(start + 16));
                flush();
                close();
            }
            case Sgip.UNBIND | Sgip.RESPONSE -> close();
            default -> {
                // Reports and replies come by the listener; that something came is all that counts here.
            }
        }
    }

    private void submitAnswered(ByteBuf in, int start, int end) throws MalformedPdu {
        Wire.require(start + Sgip.HEADER, 1, end, "submit_resp");
        int sequence = in.getInt(start + 16);
        int result = in.getUnsignedByte(start + Sgip.HEADER);
        if (result != 0) {
            boolean unused = failed(sequence, Sgip.outcome(result));
            return;
        }
        String id = Sgip.reference(in, start + 8);
        if (!grouped) {
            accepted(sequence, id);
            return;
        }
        String[] references = new String[numbersOf(sequence)];
        for (int i = 0; i < references.length; i++) {
            references[i] = Sgip.reference(id, numberOf(sequence, i));
        }
        accepted(sequence, index -> references[index]);
    }

    @Override
    void writeAnswer(ByteBuf out, int sequence, int status, long id, long more) {
        throw new IllegalStateException("nothing is delivered on this connection");
    }

    @Override
    int notNow() {
        return Sgip.BUSY;
    }

    /** SGIP has no question; a connection on which a submit stays without an answer is dropped instead. */
    @Override
    boolean ask(ByteBuf out, int sequence) {
        return false;
    }

    @Override
    boolean endsWithASubmit() {
        return true;
    }

    @Override
    void sayGoodbye(ByteBuf out, int sequence) {
        header(out, Sgip.HEADER, Sgip.UNBIND, sequence);
    }
}
