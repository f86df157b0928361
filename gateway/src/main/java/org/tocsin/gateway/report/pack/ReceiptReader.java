package org.tocsin.gateway.report.pack;

import java.io.DataInputStream;
import java.io.IOException;
import org.tocsin.gateway.receipt.ByteSource;
import org.tocsin.gateway.receipt.CorruptJournal;

/** Reads a pack's receipts one after the other, chunk by chunk. Not for several threads at once. */
final class ReceiptReader {
    /** What is wrong with the segment. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken(String what) {
            super(what, null, false, false);
        }
    }

    private final DataInputStream in;
    private final MerkleRoot root = new MerkleRoot();
    private final int links;
    private long left;
    private long count;
    private ByteSource chunk = new ByteSource(new byte[0], 0, 0);
    private int inChunk;
    private int[] kindLink = new int[0];
    private long[] kindAttempt = new long[0];
    private int[] kindSegment = new int[0];
    private int[] kindOf = new int[0];
    private int[] kindLevel = new int[0];
    private int kind;
    private int place;
    private int before;

    /**
     * Reads a segment.
     *
     * @param in the segment
     * @param length its bytes
     * @param links how many links the manifest names
     */
    ReceiptReader(DataInputStream in, long length, int links) {
        this.in = in;
        this.left = length;
        this.links = links;
    }

    /** Goes to the next receipt; false at the end. */
    boolean next() throws IOException, Broken {
        try {
            while (inChunk == 0) {
                if (chunk.hasMore()) {
                    throw new Broken("chunk " + root.leaves() + " has bytes behind its receipts");
                }
                if (left == 0) {
                    return false;
                }
                open();
            }
            inChunk--;
            count++;
            place += chunk.takeVar(Integer.MAX_VALUE - place);
            kind = chunk.takeVar(kindLink.length - 1);
            // The time proves nothing.
            var unused = chunk.takeSigned();
            if (place < before) {
                throw new Broken("receipt " + count + " stands behind one of a later addressee");
            }
            before = place;
            return true;
        } catch (CorruptJournal malformed) {
            throw new Broken("chunk " + root.leaves() + ": " + malformed.getMessage());
        }
    }

    private void open() throws IOException, Broken {
        if (left < Integer.BYTES) {
            throw new Broken("ends within a chunk's length");
        }
        int size = in.readInt();
        left -= Integer.BYTES;
        if (size < 1 || size > PackFormat.LONGEST_CHUNK || size > left) {
            throw new Broken("chunk " + (root.leaves() + 1) + " of " + size + " bytes is too long");
        }
        byte[] bytes = new byte[size];
        in.readFully(bytes);
        left -= size;
        root.add(bytes);
        chunk = new ByteSource(bytes, 0, size);
        // A kind takes 7 bytes at least, so that a number of them that does not fit allocates nothing.
        int kinds = chunk.takeVar(size / 7);
        kindLink = new int[kinds];
        kindAttempt = new long[kinds];
        kindSegment = new int[kinds];
        kindOf = new int[kinds];
        kindLevel = new int[kinds];
        for (int at = 0; at < kinds; at++) {
            kindLink[at] = chunk.takeVar(links - 1);
            kindAttempt[at] = chunk.takeVar(Integer.MAX_VALUE);
            kindSegment[at] = chunk.take();
            kindOf[at] = chunk.take();
            int evidence = chunk.take();
            int reason = chunk.take();
            if (evidence >= PackFormat.evidence().size()
                    || reason >= PackFormat.reasons().size()
                    || kindOf[at] < 1
                    || kindOf[at] > 32) {
                throw new Broken("chunk " + root.leaves() + ": kind " + at + " has a word that there is not");
            }
            kindLevel[at] = PackFormat.evidence(evidence).level();
            chunk.takeText();
        }
        inChunk = chunk.takeVar(PackFormat.CHUNK_RECEIPTS);
        place = 0;
    }

    long count() {
        return count;
    }

    MerkleRoot root() {
        return root;
    }

    /** The addressee's place. */
    int place() {
        return place;
    }

    int link() {
        return kindLink[kind];
    }

    long attempt() {
        return kindAttempt[kind];
    }

    int segment() {
        return kindSegment[kind];
    }

    int of() {
        return kindOf[kind];
    }

    /** The evidence level, 0 to 3. */
    int level() {
        return kindLevel[kind];
    }
}
