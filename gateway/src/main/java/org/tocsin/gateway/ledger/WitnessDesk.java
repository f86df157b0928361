package org.tocsin.gateway.ledger;

import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes other counties' seals, as their witness: of each signer one unbroken row of days. A truly signed seal that
 * contradicts the row is refused and kept apart: it proves that the signer said two things. Blocking; may be used by
 * any thread.
 */
public final class WitnessDesk {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessDesk.class);

    /** The act of a seal that was taken; its subject is {@code <signer> <day>}. */
    public static final String ACT = "witness.seal";

    /** The act of a seal that contradicts the row and was kept apart; its subject is {@code <signer> <day>}. */
    public static final String CONTRADICTION_ACT = "witness.contradiction";

    private static final int ATTEMPTS = 10;
    private static final int PAGE = 100;
    /** Before there was this format; it bounds how long a row can be. */
    private static final LocalDate EARLIEST = LocalDate.of(2020, 1, 1);

    private final WitnessBook book;
    private final Map<String, Set<String>> signers;
    private final Supplier<KeyPair> key;
    private final InstantSource clock;
    private final AtomicInteger contradictions = new AtomicInteger();

    /** How a seal was taken. */
    public sealed interface Taken permits New, Known, Refused {}

    /** It is kept now. */
    public record New(SealReceipt receipt) implements Taken {}

    /** It was kept before; the receipt is that of then. */
    public record Known(SealReceipt receipt) implements Taken {}

    /**
     * It is not kept.
     *
     * @param why the kind of reason
     * @param message what is wrong; of a contradiction both seals
     */
    public record Refused(Why why, String message) implements Taken {}

    /** Why a seal is refused. */
    public enum Why {
        /** The client may not bring seals by this key. */
        SIGNER("seal-signer"),
        /** The signature does not fit. */
        SIGNATURE("seal-signature"),
        /** Its day is none on which it could have been made: a clock that runs ahead would end the row. */
        DAY("seal-day"),
        /** It says something else than a seal that is kept. */
        CONTRADICTION("seal-contradicts"),
        /** The seal before it was never brought. */
        GAP("seal-gap");

        private final String code;

        Why(String code) {
            this.code = code;
        }

        /** The code of the refusal in the API. */
        public String code() {
            return code;
        }
    }

    /**
     * Makes it.
     *
     * @param signers whose seals a client may bring: fingerprints by the client's id
     * @param key gives this gateway's own key, by which receipts are signed
     */
    public WitnessDesk(WitnessBook book, Map<String, Set<String>> signers, Supplier<KeyPair> key, InstantSource clock) {
        this.book = book;
        this.signers = Map.copyOf(signers);
        this.key = key;
        this.clock = clock;
        signers()
                .forEach(signer ->
                        contradictions.addAndGet(book.contradictions(signer).size()));
    }

    /** The fingerprint of this gateway's own key. */
    public String ownSigner() {
        return Ed25519.fingerprint(Ed25519.publicKey(key.get()));
    }

    /** What is kept of a signer, see {@link WitnessBook#read}. */
    public List<WitnessBook.Kept> kept(String signer, int from, int limit) {
        return book.read(signer, from, limit);
    }

    /** The seals of a signer that contradict what is kept, by day. */
    public List<Seal> contradictions(String signer) {
        return book.contradictions(signer);
    }

    /** How many seals that contradict a row are known here, of all signers. */
    public int contradictionCount() {
        return contradictions.get();
    }

    /** All whose seals somebody may bring. */
    public Set<String> signers() {
        return signers.values().stream().flatMap(Set::stream).collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    /**
     * Takes a seal.
     *
     * @param client the id of who brings it
     */
    public Taken take(String client, Seal seal) {
        if (!signers.getOrDefault(client, Set.of()).contains(seal.signer())) {
            return new Refused(
                    Why.SIGNER,
                    "the signer " + seal.signer() + " is not registered for the client '" + client
                            + "': its operator enters the fingerprint under witness.signers");
        }
        if (!seal.isTrue()) {
            return new Refused(Why.SIGNATURE, "the signature is not that of the key over what the seal says");
        }
        LocalDate latest = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        if (seal.day().isBefore(EARLIEST) || seal.day().isAfter(latest)) {
            return new Refused(
                    Why.DAY, "its day is " + seal.day() + ", and must be one of " + EARLIEST + " to " + latest);
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int count = book.count(seal.signer());
            if (count > 0) {
                WitnessBook.Kept last = book.read(seal.signer(), count - 1, 1).get(0);
                Seal before = last.seal();
                if (!seal.day().isAfter(before.day())) {
                    return known(client, seal, count);
                }
                if (seal.sequence() <= before.sequence()) {
                    return contradiction(client, seal, before);
                }
                if (!seal.previousSeal().equals(before.hash())) {
                    return astray(client, seal, count);
                }
            }
            Instant now = clock.instant();
            SealReceipt receipt = SealReceipt.of(seal, now, key.get());
            Deed deed = new Deed(now, client, ACT, seal.signer() + " " + seal.day(), seal.hash());
            if (book.keep(new WitnessBook.Kept(seal, receipt), count, deed)) {
                return new New(receipt);
            }
        }
        throw new IllegalStateException("seals of " + seal.signer() + " come faster than one can be kept");
    }

    /** Looks for the day among those that are kept, which stand in the order of their days. */
    private Taken known(String client, Seal seal, int count) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (book.read(seal.signer(), middle, 1).get(0).seal().day().isBefore(seal.day())) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        WitnessBook.Kept there = book.read(seal.signer(), low, 1).get(0);
        if (seal.day().isBefore(there.seal().day())
                && low == 0
                && !there.seal().previousSeal().equals(LedgerEntry.GENESIS)) {
            // Whether it stands in the row before that nobody here can tell.
            return new Refused(
                    Why.DAY,
                    "its day is " + seal.day() + ", and the first seal that is kept here is " + named(there.seal()));
        }
        return there.seal().hash().equals(seal.hash())
                ? new Known(there.receipt())
                : contradiction(client, seal, there.seal());
    }

    /**
     * A later day that does not follow the last one: a fork where it follows an earlier one, which has another heir.
     */
    private Refused astray(String client, Seal seal, int count) {
        Seal last = null;
        Seal heir = null;
        for (int end = count; end > 0; end -= PAGE) {
            int from = Math.max(0, end - PAGE);
            List<WitnessBook.Kept> page = book.read(seal.signer(), from, end - from);
            for (int at = page.size() - 1; at >= 0; at--) {
                Seal kept = page.get(at).seal();
                if (heir != null && seal.previousSeal().equals(kept.hash())) {
                    return contradiction(client, seal, heir);
                }
                last = last == null ? kept : last;
                heir = kept;
            }
        }
        if (last == null || heir == null) {
            throw new IllegalStateException("the seals of " + seal.signer() + " that were kept are gone");
        }
        if (seal.previousSeal().equals(LedgerEntry.GENESIS)) {
            return contradiction(client, seal, heir);
        }
        return new Refused(
                Why.GAP,
                "it follows the seal " + seal.previousSeal() + ", and the last one that is kept here is " + named(last)
                        + ": bring those between, in their order");
    }

    private Refused contradiction(String client, Seal seal, Seal kept) {
        Deed deed = new Deed(clock.instant(), client, CONTRADICTION_ACT, seal.signer() + " " + seal.day(), seal.hash());
        if (book.contradict(seal, deed)) {
            contradictions.incrementAndGet();
            LOG.error("THE SEALS OF {} CONTRADICT EACH OTHER: {} AND {}", seal.signer(), named(seal), named(kept));
        }
        return new Refused(
                Why.CONTRADICTION,
                "the seal " + named(seal) + " contradicts the one that is kept here: " + named(kept));
    }

    private static String named(Seal seal) {
        return seal.hash() + " of " + seal.day() + ", entry " + seal.sequence() + " with the hash " + seal.head();
    }
}
