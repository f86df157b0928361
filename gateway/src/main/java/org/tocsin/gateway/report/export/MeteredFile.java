package org.tocsin.gateway.report.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A stream that counts, hashes and ends what grows too long. Not for several threads at once. */
final class MeteredFile extends FilterOutputStream {
    private final MessageDigest digest;
    private final long limit;
    private long length;

    MeteredFile(OutputStream out, long limit) {
        super(out);
        this.limit = limit;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        if (length + count > limit) {
            throw new Work.Refusal("the file would be longer than " + limit + " bytes: ask for a shorter period");
        }
        out.write(bytes, from, count);
        digest.update(bytes, from, count);
        length += count;
    }

    long length() {
        return length;
    }

    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
