package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;

/** The numbers of SMGP 3.0 and the reading of its pieces. Source: China Telecom's SMGP 3.0.3. */
final class Smgp {
    static final int RESPONSE = 0x80000000;
    static final int LOGIN = 1;
    static final int SUBMIT = 2;
    static final int DELIVER = 3;
    static final int ACTIVE_TEST = 4;
    static final int EXIT = 6;

    static final int TP_UDHI = 0x0002;
    static final int PK_TOTAL = 0x0009;
    static final int PK_NUMBER = 0x000A;

    static final int HEADER = 12;
    static final int LONGEST_PDU = 8_192;
    static final int ID = 10;
    static final int BUSY = 1;

    private static final int NUMBER = 21;
    private static final int HEAD = ID + 2 + 14 + NUMBER + NUMBER + 1;
    private static final String REPORT_ID = "id:";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private Smgp() {}

    static void header(ByteBuf out, int length, int command, int sequence) {
        out.writeInt(length);
        out.writeInt(command);
        out.writeInt(sequence);
    }

    /** An id of ten octets as text: its digits, as it is BCD. */
    static String reference(ByteBuf in, int at) {
        return ByteBufUtil.hexDump(in, at, ID);
    }

    /**
     * The id of one number of a group. All of a group share the message's id, so the number is part of it on a link
     * that sends groups.
     */
    static String reference(String id, String number) {
        return id + ":" + Numbers.asNational(number);
    }

    /** The outcome of a submit with this status, which is not 0; the code is kept as received. */
    static Outcome outcome(long status) {
        String code = Long.toString(status);
        return switch ((int) status) {
            case BUSY -> new Outcome.Deferred(Reason.THROTTLED, code, SOON);
            // Too many connections, a sequence number twice.
            case 2, 12 -> new Outcome.Deferred(Reason.CARRIER_ERROR, code, LATER);
            case 10, 11, 30, 31, 34, 35, 38, 44, 45 -> new Outcome.Rejected(Reason.INTERNAL, code);
            case 36 -> new Outcome.Rejected(Reason.TOO_LONG, code);
            case 37 -> new Outcome.Rejected(Reason.EXPIRED, code);
            case 20, 21, 22, 32, 33, 40, 43, 46, 48, 49 -> new Outcome.Rejected(Reason.UNAUTHORISED, code);
            case 39, 58 -> new Outcome.Rejected(Reason.UNDELIVERABLE, code);
            case 47 -> new Outcome.Rejected(Reason.INVALID_ADDRESS, code);
            default -> new Outcome.Rejected(Reason.UNKNOWN_CODE, code);
        };
    }

    /** Whether a login that was refused so will be refused until somebody changes the account or its settings. */
    static boolean refusesAccount(long status) {
        return status == 20 || status == 21 || status == 22 || status == 49;
    }

    /**
     * Reads a deliver: a report or what a person wrote.
     *
     * @param grouped whether references name the number too
     * @return a {@link Receipt} or a {@link Fragment}; null for neither
     */
    static @Nullable Object read(ByteBuf in, int start, int end, boolean grouped, Instant came) throws MalformedPdu {
        Wire.require(start, HEAD, end, "deliver");
        int length = in.getUnsignedByte(start + HEAD - 1);
        int content = start + HEAD;
        Wire.require(content, length, end, "MsgContent");
        String from = Numbers.asNational(Wire.field(in, start + ID + 16, NUMBER, end));
        byte[] octets = new byte[length];
        in.getBytes(content, octets);
        if (in.getByte(start + ID) == 1) {
            return report(octets, from, grouped, came);
        }
        String to = Wire.field(in, start + ID + 16 + NUMBER, NUMBER, end);
        int coding = in.getUnsignedByte(start + ID + 1);
        boolean headed = headed(in, content + length + 8, end);
        return Fragment.read(reference(in, start), from, to, coding, headed, octets, came);
    }

    private static boolean headed(ByteBuf in, int from, int end) throws MalformedPdu {
        int at = from;
        while (end - at >= 4) {
            int size = in.getUnsignedShort(at + 2);
            Wire.require(at + 4, size, end, "a TLV");
            if (in.getUnsignedShort(at) == TP_UDHI && size == 1) {
                return in.getByte(at + 4) != 0;
            }
            at += 4 + size;
        }
        return false;
    }

    /** {@code id:} and ten octets as they are, then words like {@code stat:DELIVRD err:000}. */
    private static @Nullable Receipt report(byte[] octets, String address, boolean grouped, Instant came)
            throws MalformedPdu {
        int id = REPORT_ID.length();
        if (octets.length < id + ID
                || !new String(octets, 0, id, StandardCharsets.ISO_8859_1).equalsIgnoreCase(REPORT_ID)) {
            throw new MalformedPdu("a report without an id");
        }
        String words = new String(octets, id + ID, octets.length - id - ID, StandardCharsets.ISO_8859_1);
        String stat = Wire.code(word(words, " stat:", 7));
        String error = Wire.code(word(words, " err:", 3));
        StringBuilder hex = new StringBuilder();
        for (int i = id; i < id + ID; i++) {
            hex.append(Character.forDigit((octets[i] >> 4) & 15, 16)).append(Character.forDigit(octets[i] & 15, 16));
        }
        String reference = grouped && !address.isEmpty() ? reference(hex.toString(), address) : hex.toString();
        Evidence evidence = stat.isEmpty() ? evidence(error) : Stat.evidence(stat);
        Reason reason = evidence == Evidence.FAILED ? reason(stat, error) : null;
        String code = error.isEmpty() || error.equals("000") ? stat : stat + "/" + error;
        return new Receipt(reference, address.isEmpty() ? null : address, evidence, reason, code, came);
    }

    private static Evidence evidence(String error) {
        return error.equals("000") ? Evidence.DELIVERED : error.isEmpty() ? Evidence.UNKNOWN : Evidence.FAILED;
    }

    /** 001 and 002: the phone cannot be reached, or is busy; 004: no such subscriber; 005: on a black list. */
    private static @Nullable Reason reason(String stat, String error) {
        return switch (error) {
            case "001", "002" -> Reason.UNREACHABLE;
            case "004" -> Reason.UNKNOWN_SUBSCRIBER;
            case "005" -> Reason.OPTED_OUT;
            default -> {
                Reason said = stat.isEmpty() ? null : Stat.reason(stat);
                yield said == null ? Reason.UNDELIVERABLE : said;
            }
        };
    }

    private static String word(String words, String key, int longest) {
        int at = words.toLowerCase(Locale.ROOT).indexOf(key);
        if (at < 0) {
            return "";
        }
        int from = at + key.length();
        int to = from;
        while (to < words.length() && to < from + longest && words.charAt(to) > ' ') {
            to++;
        }
        return words.substring(from, to);
    }
}
