package org.tocsin.gateway.report.pack;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The Merkle tree hash of RFC 9162 over pieces as they come: a leaf is SHA-256 over a byte 0 and the piece, a node
 * SHA-256 over a byte 1 and its two children. Holds one hash for each level. Not for several threads at once.
 */
final class MerkleRoot {
    private final MessageDigest digest = PackFormat.sha256();
    /** Whole trees of 2^n leaves, the largest first. */
    private final List<byte[]> trees = new ArrayList<>();

    private long leaves;

    /** Adds a piece. */
    void add(byte[] piece) {
        digest.update((byte) 0);
        byte[] tree = digest.digest(piece);
        for (long full = leaves; (full & 1) == 1; full >>= 1) {
            tree = node(trees.remove(trees.size() - 1), tree);
        }
        trees.add(tree);
        leaves++;
    }

    /** How many pieces there are. */
    long leaves() {
        return leaves;
    }

    /** The root in lower-case hexadecimal; of nothing it is SHA-256 of nothing. */
    String hex() {
        if (trees.isEmpty()) {
            return HexFormat.of().formatHex(digest.digest());
        }
        byte[] root = trees.get(trees.size() - 1);
        for (int at = trees.size() - 2; at >= 0; at--) {
            root = node(trees.get(at), root);
        }
        return HexFormat.of().formatHex(root);
    }

    private byte[] node(byte[] left, byte[] right) {
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }
}
