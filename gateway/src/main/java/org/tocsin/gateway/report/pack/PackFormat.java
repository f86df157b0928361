package org.tocsin.gateway.report.pack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.receipt.Delivery;

/** What the pack's file is made of; {@code gateway/docs/evidence-pack.md} describes it. */
final class PackFormat {
    /** The first 8 bytes; the line end and the end-of-file sign show what a transfer as text has done. */
    static final byte[] MAGIC = "TOCSIN\r\u001a".getBytes(US_ASCII);

    static final int VERSION = 1;
    /** Magic, version (2 bytes), the manifest's length (4 bytes). */
    static final int HEAD = MAGIC.length + 2 + 4;

    static final int SIGNATURE = 64;
    static final int LONGEST_MANIFEST = 1 << 20;
    /** No pack is larger: the signature's check holds it in memory. */
    static final long LONGEST_FILE = 512L << 20;

    static final int PSEUDONYM = 16;
    static final int MOST_CHANNELS = 32;
    static final int LONGEST_CHUNK = 1 << 20;
    static final int CHUNK_RECEIPTS = 4096;
    static final int LONGEST_CODE = 128;
    static final int MOST_LEDGER_ENTRIES = 20_000;

    /** The segments in the order in which they stand, each with the most bytes that it may have. */
    enum Segment {
        CAP_RECEIVED("cap.received", 8 << 20),
        CAP_WRITTEN("cap.written", 64 << 20),
        SIGN_OFFS("signoffs", 1 << 20),
        TARGET("target", 64 << 20),
        TERMINALS("terminals", 64 << 20),
        PERSONS("persons", LONGEST_FILE),
        RECEIPTS("receipts", LONGEST_FILE),
        COVERAGE("coverage", 64 << 20),
        LEDGER("ledger", 64 << 20);

        final String word;
        final long limit;

        /** Its place among the segments, from 0. */
        int place() {
            return Arrays.asList(values()).indexOf(this);
        }

        Segment(String word, long limit) {
            this.word = word;
            this.limit = limit;
        }
    }

    // The numbers are a part of the format: add at the end, change nothing.
    private static final List<Delivery.State> STATES = Collections.unmodifiableList(Arrays.asList(
            Delivery.State.UNSENT,
            Delivery.State.DROPPED,
            Delivery.State.UNANSWERED,
            Delivery.State.ACCEPTED,
            Delivery.State.FAILED,
            Delivery.State.DELIVERED,
            Delivery.State.SHOWN,
            Delivery.State.ANSWERED));
    private static final List<Evidence> EVIDENCE = List.of(
            Evidence.IN_PROGRESS,
            Evidence.DELIVERED,
            Evidence.SHOWN,
            Evidence.ANSWERED,
            Evidence.FAILED,
            Evidence.UNKNOWN);
    private static final List<Reason> REASONS = Collections.unmodifiableList(Arrays.asList(
            Reason.NO_ADDRESS,
            Reason.INVALID_ADDRESS,
            Reason.UNKNOWN_SUBSCRIBER,
            Reason.OPTED_OUT,
            Reason.NOT_A_PROBE,
            Reason.CONTENT_REFUSED,
            Reason.TOO_LONG,
            Reason.UNAUTHORISED,
            Reason.QUOTA,
            Reason.THROTTLED,
            Reason.CARRIER_ERROR,
            Reason.LINK_DOWN,
            Reason.UNANSWERED,
            Reason.UNREACHABLE,
            Reason.DEVICE_FAULT,
            Reason.UNDELIVERABLE,
            Reason.EXPIRED,
            Reason.DROPPED,
            Reason.INTERNAL,
            Reason.UNKNOWN_CODE));

    private PackFormat() {}

    /** The number of a state; 0 where somebody was not planned. */
    static int number(Delivery.@Nullable State state) {
        return STATES.indexOf(state) + 1;
    }

    /** The number of a kind of evidence. */
    static int number(Evidence evidence) {
        return EVIDENCE.indexOf(evidence);
    }

    /** The number of a reason; 0 where there is none. */
    static int number(@Nullable Reason reason) {
        return REASONS.indexOf(reason) + 1;
    }

    /** The kind of evidence of a number. */
    static Evidence evidence(int number) {
        return EVIDENCE.get(number);
    }

    /** The words of a person's or terminal's state by their number; 0 is one who was not planned. */
    static List<String> states() {
        List<String> words = new ArrayList<>(List.of("none"));
        STATES.forEach(state -> words.add(state.name().toLowerCase(Locale.ROOT)));
        return words;
    }

    /** The words of the kinds of evidence by their number. */
    static List<String> evidence() {
        return EVIDENCE.stream()
                .map(evidence -> evidence.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    /** The words of the reasons by their number; 0 is none. */
    static List<String> reasons() {
        List<String> words = new ArrayList<>(List.of("none"));
        REASONS.forEach(reason -> words.add(reason.label()));
        return words;
    }

    /** The evidence level that a state means, 0 to 3. */
    static int level(int state) {
        return Math.max(0, state - STATES.indexOf(Delivery.State.DELIVERED));
    }

    /** How many bytes the states of a person take, two channels in each. */
    static int stateBytes(int channels) {
        return (channels + 1) / 2;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
