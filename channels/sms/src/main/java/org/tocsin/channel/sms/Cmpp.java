package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;

/** The numbers of CMPP and the reading of its pieces. Source: QB-GF-028-2003 (CMPP 3.0). */
final class Cmpp {
    static final int RESPONSE = 0x80000000;
    static final int CONNECT = 1;
    static final int TERMINATE = 2;
    static final int SUBMIT = 4;
    static final int DELIVER = 5;
    static final int ACTIVE_TEST = 8;

    static final int HEADER = 12;
    /** A submit to 100 numbers and all that stands around it is below this. */
    static final int LONGEST_PDU = 8_192;

    static final int CONGESTED = 8;

    private static final int SEQUENCE = 0xFFFF;
    private static final int LEAST_REPORT = 39;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private Cmpp() {}

    static void header(ByteBuf out, int length, int command, int sequence) {
        out.writeInt(length);
        out.writeInt(command);
        out.writeInt(sequence);
    }

    /** The id of one number of a group: Msg_Id and on, its sequence part from 65,535 to 0 again (appendix 1). */
    static String reference(long messageId, int index) {
        return Long.toUnsignedString((messageId & ~(long) SEQUENCE) | ((messageId + index) & SEQUENCE));
    }

    /** The outcome of a submit with this result, which is not 0; the code is kept as received. */
    static Outcome outcome(long result) {
        String code = Long.toString(result);
        return switch ((int) result) {
            // Flow control.
            case CONGESTED -> new Outcome.Deferred(Reason.THROTTLED, code, SOON);
            // A sequence number twice: the gateway still remembers a connection before this one.
            case 3 -> new Outcome.Deferred(Reason.CARRIER_ERROR, code, LATER);
            // The message's structure, command or length: a defect of ours.
            case 1, 2, 4 -> new Outcome.Rejected(Reason.INTERNAL, code);
            case 6 -> new Outcome.Rejected(Reason.TOO_LONG, code);
            // Fee, service, Src_Id, Msg_src, Fee_terminal_Id: what the account may not use.
            case 5, 7, 10, 11, 12 -> new Outcome.Rejected(Reason.UNAUTHORISED, code);
            // Not this gateway's number.
            case 9 -> new Outcome.Rejected(Reason.UNDELIVERABLE, code);
            case 13 -> new Outcome.Rejected(Reason.INVALID_ADDRESS, code);
            default -> new Outcome.Rejected(Reason.UNKNOWN_CODE, code);
        };
    }

    /** Whether a login that was refused so will be refused until somebody changes the account or its settings. */
    static boolean refusesAccount(long status) {
        return status == 2 || status == 3 || status == 4;
    }

    /**
     * Reads a deliver: a report or what a person wrote.
     *
     * @param three whether it is CMPP 3.0's
     * @return a {@link Receipt} or a {@link Fragment}; null for neither
     */
    static @Nullable Object read(ByteBuf in, int start, int end, boolean three, Instant came) throws MalformedPdu {
        int sender = start + 8 + 21 + 10 + 3;
        int behind = sender + (three ? 33 : 21);
        Wire.require(start, behind + 2 - start, end, "deliver");
        int length = in.getUnsignedByte(behind + 1);
        int content = behind + 2;
        Wire.require(content, length, end, "Msg_Content");
        if (in.getByte(behind) != 0) {
            return report(in, content, content + length, came);
        }
        byte[] octets = new byte[length];
        in.getBytes(content, octets);
        String from = Numbers.asNational(Wire.field(in, sender, three ? 32 : 21, end));
        String to = Wire.field(in, start + 8, 21, end);
        int coding = in.getUnsignedByte(sender - 1);
        boolean headed = in.getByte(sender - 2) != 0;
        return Fragment.read(Long.toUnsignedString(in.getLong(start)), from, to, coding, headed, octets, came);
    }

    /** Msg_Id, Stat, Submit_time, Done_time, Dest_terminal_Id, SMSC_sequence. */
    private static Receipt report(ByteBuf in, int start, int end, Instant came) throws MalformedPdu {
        Wire.require(start, LEAST_REPORT, end, "a report");
        String reference = Long.toUnsignedString(in.getLong(start));
        String stat = Wire.code(Wire.field(in, start + 8, 7, end));
        int width = end - start - LEAST_REPORT;
        String address = Numbers.asNational(Wire.field(in, start + 35, width, end));
        return new Receipt(
                reference, address.isEmpty() ? null : address, Stat.evidence(stat), Stat.reason(stat), stat, came);
    }
}
