package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import org.tocsin.channel.Receipt;

/** One bind of SMPP 3.4, as a transceiver. Source: SMPP 3.4 issue 1.2, chapter 4. */
final class SmppConversation extends Conversation {
    private static final int ANSWER = Smpp.HEADER + 1;

    private final SmppAccount account;

    SmppConversation(SmsLink link, Bind bind, SmsSettings settings, SmppAccount account) {
        super(link, bind, settings, Smpp.HEADER, Smpp.LONGEST_PDU);
        this.account = account;
    }

    @Override
    void login(ByteBuf out, int sequence) {
        int start = out.writerIndex();
        Smpp.header(out, 0, Smpp.BIND_TRANSCEIVER, 0, sequence);
        Smpp.text(out, account.systemId());
        Smpp.text(out, account.password());
        Smpp.text(out, account.systemType());
        out.writeByte(Smpp.VERSION);
        out.writeShort(0);
        out.writeByte(0);
        out.setInt(start, out.writerIndex() - start);
    }

    @Override
    void take(ByteBuf in, int start, int end) throws MalformedPdu {
        int command = in.getInt(start + 4);
        int status = in.getInt(start + 8);
        int sequence = in.getInt(start + 12);
        switch (command) {
            case Smpp.SUBMIT_SM_RESP -> submitAnswered(in, start + Smpp.HEADER, end, status, sequence);
            case Smpp.DELIVER_SM -> delivered(in, start + Smpp.HEADER, end, sequence);
            case Smpp.ENQUIRE_LINK -> Smpp.header(out(), Smpp.HEADER, Smpp.ENQUIRE_LINK_RESP, 0, sequence);
            case Smpp.BIND_TRANSCEIVER_RESP -> bindAnswered(status);
            case Smpp.GENERIC_NACK -> nacked(status, sequence);
            case Smpp.UNBIND -> {
                Smpp.header(out(), Smpp.HEADER, Smpp.UNBIND_RESP, 0, sequence);
                flush();
                close();
            }
            case Smpp.UNBIND_RESP -> close();
            case Smpp.ENQUIRE_LINK_RESP, Smpp.ALERT_NOTIFICATION -> {
                // That something came is all that counts.
            }
            default -> {
                if ((command & Smpp.RESPONSE) == 0) {
                    Smpp.header(out(), Smpp.HEADER, Smpp.GENERIC_NACK, CommandStatus.INVALID_COMMAND, sequence);
                }
            }
        }
    }

    private void bindAnswered(int status) {
        if (status == CommandStatus.OK) {
            loggedIn();
        } else {
            refused(CommandStatus.code(status), CommandStatus.refusesAccount(status));
        }
    }

    private void nacked(int status, int sequence) throws MalformedPdu {
        if (!isBound()) {
            bindAnswered(status == 0 ? CommandStatus.BIND_FAILED : status);
        } else if (!failed(sequence, CommandStatus.outcome(status == 0 ? 0xFF : status))) {
            throw new MalformedPdu("the carrier could not read us, " + CommandStatus.code(status));
        }
    }

    private void submitAnswered(ByteBuf in, int start, int end, int status, int sequence) throws MalformedPdu {
        if (numbersOf(sequence) == 0) {
            return;
        }
        if (status != CommandStatus.OK) {
            boolean unused = failed(sequence, CommandStatus.outcome(status));
            return;
        }
        int idEnd = Smpp.endOfText(in, start, end, Smpp.LONGEST_ID);
        if (idEnd == start) {
            takenWithoutId(sequence);
        } else {
            accepted(sequence, Smpp.text(in, start, idEnd));
        }
    }

    private void delivered(ByteBuf in, int start, int end, int sequence) throws MalformedPdu {
        Receipt receipt = DeliveryReceipt.read(in, start, end, burstAt());
        if (receipt != null) {
            deliver(receipt, sequence, 0, 0);
            return;
        }
        Fragment fragment = SmppMessage.read(in, start, end, burstAt());
        if (fragment == null) {
            answer(sequence, CommandStatus.REJECTED_BY_APPLICATION, 0, 0);
        } else {
            deliver(fragment, sequence, 0, 0);
        }
    }

    @Override
    void writeAnswer(ByteBuf out, int sequence, int status, long id, long more) {
        Smpp.header(out, ANSWER, Smpp.DELIVER_SM_RESP, status, sequence);
        out.writeByte(0);
    }

    @Override
    int notNow() {
        return CommandStatus.TEMPORARY_APPLICATION_ERROR;
    }

    @Override
    boolean ask(ByteBuf out, int sequence) {
        Smpp.header(out, Smpp.HEADER, Smpp.ENQUIRE_LINK, 0, sequence);
        return true;
    }

    @Override
    void sayGoodbye(ByteBuf out, int sequence) {
        Smpp.header(out, Smpp.HEADER, Smpp.UNBIND, 0, sequence);
    }
}
