package org.tocsin.gateway.report.pack;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.receipt.ByteSink;
import org.tocsin.gateway.receipt.IssueReplay;

/**
 * An issue's receipts, kept in arrays of numbers (20 bytes each) until it is known at which place of the pack their
 * addressee stands; then written in the order of these places. Not for several threads at once.
 */
final class CollectedReceipts implements IssueReplay.Listener {
    /** How many are taken: some 25 for each person of a county of 1.2 million. */
    static final int MOST = 32 << 20;

    private record Kind(String link, int segment, int of, Evidence evidence, @Nullable Reason reason, String code) {}

    private record Written(Kind kind, int attempt) {}

    private final Map<Kind, Integer> kinds = new HashMap<>();
    private final List<Kind> kindsByNumber = new ArrayList<>();
    private int[] addressees = new int[1024];
    private int[] kindOf = new int[1024];
    private int[] claims = new int[1024];
    private long[] times = new long[1024];
    private int size;

    @Override
    public void report(
            String link,
            long claim,
            boolean terminal,
            int number,
            int segment,
            int of,
            Evidence evidence,
            @Nullable Reason reason,
            String code,
            long at) {
        if (size == MOST) {
            throw new IllegalStateException("a pack holds at most " + MOST + " receipts");
        }
        if (size == times.length) {
            int room = size + size / 2;
            addressees = Arrays.copyOf(addressees, room);
            kindOf = Arrays.copyOf(kindOf, room);
            claims = Arrays.copyOf(claims, room);
            times = Arrays.copyOf(times, room);
        }
        String word = code.length() > PackFormat.LONGEST_CODE ? code.substring(0, PackFormat.LONGEST_CODE) : code;
        Kind kind = new Kind(link, segment, of, evidence, reason, word);
        addressees[size] = terminal ? ~number : number;
        kindOf[size] = kinds.computeIfAbsent(kind, fresh -> {
            kindsByNumber.add(fresh);
            return kindsByNumber.size() - 1;
        });
        claims[size] = (int) claim;
        times[size] = at;
        size++;
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /**
     * Writes them.
     *
     * @param persons the place of each person by number; less than 0 for one who has none
     * @param terminals the place of each terminal by number
     * @param places how many places there are
     * @param links the links by their number in the pack
     * @return the root over the chunks
     */
    MerkleRoot write(
            int[] persons, Map<Integer, Integer> terminals, int places, List<String> links, DataOutputStream out)
            throws IOException {
        int[] order = order(persons, terminals, places);
        MerkleRoot root = new MerkleRoot();
        Attempts attempts = new Attempts();
        for (int from = 0; from < size; from += PackFormat.CHUNK_RECEIPTS) {
            int to = Math.min(size, from + PackFormat.CHUNK_RECEIPTS);
            byte[] chunk = chunk(order, from, to, links, attempts);
            root.add(chunk);
            out.writeInt(chunk.length);
            out.write(chunk);
        }
        return root;
    }

    /** The receipts' numbers by place, those of one place as they came; the addressees become places. */
    private int[] order(int[] persons, Map<Integer, Integer> terminals, int places) {
        int[] starts = new int[places + 1];
        for (int at = 0; at < size; at++) {
            int place = addressees[at] < 0 ? terminals.getOrDefault(~addressees[at], -1) : persons[addressees[at]];
            if (place < 0) {
                throw new IllegalStateException("a receipt of one who was never planned");
            }
            addressees[at] = place;
            starts[place + 1]++;
        }
        for (int place = 0; place < places; place++) {
            starts[place + 1] += starts[place];
        }
        int[] order = new int[size];
        for (int at = 0; at < size; at++) {
            order[starts[addressees[at]]++] = at;
        }
        return order;
    }

    private byte[] chunk(int[] order, int from, int to, List<String> links, Attempts attempts) {
        Map<Written, Integer> table = new LinkedHashMap<>();
        ByteSink rows = new ByteSink(8 * (to - from));
        int place = 0;
        long time = 0;
        for (int at = from; at < to; at++) {
            int receipt = order[at];
            Kind told = kindsByNumber.get(kindOf[receipt]);
            Written kind = new Written(told, attempts.of(addressees[receipt], told.link(), claims[receipt]));
            rows.putVar(addressees[receipt] - place);
            rows.putVar(table.computeIfAbsent(kind, fresh -> table.size()));
            rows.putSigned(times[receipt] - time);
            place = addressees[receipt];
            time = times[receipt];
        }
        ByteSink chunk = new ByteSink(rows.size() + 1024);
        chunk.putVar(table.size());
        for (Written written : table.keySet()) {
            Kind kind = written.kind();
            Reason reason = kind.reason();
            chunk.putVar(links.indexOf(kind.link()));
            chunk.putVar(written.attempt());
            chunk.put(kind.segment());
            chunk.put(kind.of());
            chunk.put(PackFormat.number(kind.evidence()));
            chunk.put(PackFormat.number(reason));
            chunk.putText(kind.code());
        }
        chunk.putVar(to - from);
        chunk.put(rows);
        return chunk.toArray();
    }

    /** Numbers the attempts of each link at one addressee, from 1, in the order in which reports told of them. */
    private static final class Attempts {
        private final Map<String, List<Integer>> claimsByLink = new HashMap<>();
        private int place = -1;

        int of(int addressee, String link, int claim) {
            if (addressee != place) {
                claimsByLink.clear();
                place = addressee;
            }
            List<Integer> claims = claimsByLink.computeIfAbsent(link, unknown -> new ArrayList<>(1));
            int known = claims.indexOf(claim);
            if (known < 0) {
                claims.add(claim);
            }
            return known < 0 ? claims.size() : known + 1;
        }
    }
}
