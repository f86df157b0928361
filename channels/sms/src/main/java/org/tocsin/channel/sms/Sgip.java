package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;

/** The numbers of SGIP 1.2 and the reading of its pieces. Source: China Unicom's SGIP 1.2. */
final class Sgip {
    static final int RESPONSE = 0x80000000;
    static final int BIND = 1;
    static final int UNBIND = 2;
    static final int SUBMIT = 3;
    static final int DELIVER = 4;
    static final int REPORT = 5;

    /** Total length, command, and a sequence of the source's node, the time and a number. */
    static final int HEADER = 20;

    static final int LONGEST_PDU = 8_192;
    static final int NUMBER = 21;
    static final int TO_GATEWAY = 1;
    static final int FROM_GATEWAY = 2;
    static final int BUSY = 11;

    private static final int REPORT_BODY = 12 + 1 + NUMBER + 2;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private Sgip() {}

    static void header(ByteBuf out, int length, int command, int node, int time, int sequence) {
        out.writeInt(length);
        out.writeInt(command);
        out.writeInt(node);
        out.writeInt(time);
        out.writeInt(sequence);
    }

    /** A sequence of twelve octets as text: its three numbers, the last two of ten digits each. */
    static String reference(ByteBuf in, int at) {
        StringBuilder text = new StringBuilder(30).append(in.getUnsignedInt(at));
        padded(text, in.getUnsignedInt(at + 4));
        padded(text, in.getUnsignedInt(at + 8));
        return text.toString();
    }

    private static void padded(StringBuilder text, long number) {
        for (long digit = 1_000_000_000L; digit > 0; digit /= 10) {
            text.append((char) ('0' + number / digit % 10));
        }
    }

    /** The id of one number of a group, of which all share the submit's sequence. */
    static String reference(String id, String number) {
        return id + ":" + Numbers.asNational(number);
    }

    /** The outcome of a submit with this result, which is not 0; the code is kept as received. */
    static Outcome outcome(int result) {
        String code = Integer.toString(result);
        return switch (result) {
            case BUSY -> new Outcome.Deferred(Reason.THROTTLED, code, SOON);
            // Too many connections, and what fails at the gateway: 21 to 23 routes, 32 the system, 33 its queue.
            case 3, 32 -> new Outcome.Deferred(Reason.CARRIER_ERROR, code, LATER);
            case 33 -> new Outcome.Deferred(Reason.THROTTLED, code, SOON);
            case 1, 2, 4, 24 -> new Outcome.Rejected(Reason.UNAUTHORISED, code);
            case 5, 7, 9, 10 -> new Outcome.Rejected(Reason.INTERNAL, code);
            case 6 -> new Outcome.Rejected(Reason.INVALID_ADDRESS, code);
            case 8 -> new Outcome.Rejected(Reason.TOO_LONG, code);
            case 21, 22, 23 -> new Outcome.Rejected(Reason.UNDELIVERABLE, code);
            default -> {
                Reason reason = reason(result);
                yield new Outcome.Rejected(reason == Reason.UNDELIVERABLE ? Reason.UNKNOWN_CODE : reason, code);
            }
        };
    }

    /** What an ErrorCode says of a phone. */
    private static Reason reason(int error) {
        return switch (error) {
            case 6 -> Reason.INVALID_ADDRESS;
            case 25, 26 -> Reason.UNREACHABLE;
            case 27, 28, 30, 31 -> Reason.DEVICE_FAULT;
            case 29 -> Reason.UNKNOWN_SUBSCRIBER;
            default -> Reason.UNDELIVERABLE;
        };
    }

    /** Whether a login that was refused so will be refused until somebody changes the account or its settings. */
    static boolean refusesAccount(int result) {
        return result == 1 || result == 4;
    }

    /**
     * Reads the body of a report.
     *
     * @param grouped whether references name the number too
     */
    static Receipt report(ByteBuf in, int start, int end, boolean grouped, Instant came) throws MalformedPdu {
        Wire.require(start, REPORT_BODY, end, "report");
        String id = reference(in, start);
        String address = Numbers.asNational(Wire.field(in, start + 13, NUMBER, end));
        int state = in.getUnsignedByte(start + 13 + NUMBER);
        int error = in.getUnsignedByte(start + 14 + NUMBER);
        Evidence evidence =
                switch (state) {
                    case 0 -> Evidence.DELIVERED;
                    case 1 -> Evidence.IN_PROGRESS;
                    case 2 -> Evidence.FAILED;
                    default -> Evidence.UNKNOWN;
                };
        return new Receipt(
                grouped && !address.isEmpty() ? reference(id, address) : id,
                address.isEmpty() ? null : address,
                evidence,
                evidence == Evidence.FAILED ? reason(error) : null,
                evidence == Evidence.FAILED ? state + "/" + error : Integer.toString(state),
                came);
    }

    /** Reads a deliver: what a person wrote. */
    static Fragment message(ByteBuf in, int header, int end, Instant came) throws MalformedPdu {
        int start = header + HEADER;
        int fixed = 2 * NUMBER + 3;
        Wire.require(start, fixed + 4, end, "deliver");
        long length = in.getUnsignedInt(start + fixed);
        if (length > end - start - fixed - 4) {
            throw new MalformedPdu("MessageContent cut short");
        }
        byte[] octets = new byte[(int) length];
        in.getBytes(start + fixed + 4, octets);
        String from = Numbers.asNational(Wire.field(in, start, NUMBER, end));
        String to = Wire.field(in, start + NUMBER, NUMBER, end);
        boolean headed = in.getByte(start + 2 * NUMBER + 1) != 0;
        int coding = in.getUnsignedByte(start + 2 * NUMBER + 2);
        return Fragment.read(reference(in, header + 8), from, to, coding, headed, octets, came);
    }
}
