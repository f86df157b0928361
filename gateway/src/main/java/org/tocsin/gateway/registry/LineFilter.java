package org.tocsin.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;

/**
 * Lets through those lines of a CSV file that can be read on their own, and an empty line for each other: so that one
 * bad line spoils no other, and line numbers stay. Drops a byte order mark; ends every line with a line feed.
 */
final class LineFilter extends Reader {
    /** Hears of bad lines. */
    interface BadLines {
        /** A line that was left out. */
        void bad(long line, String value, String reason);
    }

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char UNREADABLE = '\uFFFD';

    private final Bounded bytes;
    private final Reader decoded;
    private final int longest;
    private final BadLines badLines;
    private final char[] buffer = new char[1 << 14];
    private final StringBuilder line = new StringBuilder();
    private int bufferAt;
    private int bufferEnd;
    private int lineAt;
    private long number;
    private boolean skipLineFeed;
    private boolean ended;

    LineFilter(InputStream in, ImportLimits limits, BadLines badLines) {
        this.bytes = new Bounded(in, limits.bytes());
        this.decoded = new InputStreamReader(
                bytes,
                UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
        this.longest = limits.lineLength();
        this.badLines = badLines;
    }

    /** Whether the file was longer than the limit, and its rest not read. */
    boolean isCut() {
        return bytes.cut;
    }

    @Override
    public int read(char[] to, int offset, int length) throws IOException {
        int given = 0;
        while (given < length) {
            if (lineAt == line.length() && !nextLine()) {
                return given == 0 ? -1 : given;
            }
            int some = Math.min(length - given, line.length() - lineAt);
            line.getChars(lineAt, lineAt + some, to, offset + given);
            lineAt += some;
            given += some;
        }
        return given;
    }

    @Override
    public void close() throws IOException {
        decoded.close();
    }

    /** Reads a line, with its line feed, into {@link #line}. */
    private boolean nextLine() throws IOException {
        if (ended) {
            return false;
        }
        line.setLength(0);
        lineAt = 0;
        number++;
        int quotes = 0;
        boolean unreadable = false;
        boolean tooLong = false;
        boolean any = false;
        while (true) {
            int next = next();
            if (next < 0) {
                ended = true;
                if (!any) {
                    return false;
                }
                break;
            }
            any = true;
            if (next == '\n') {
                break;
            }
            quotes += next == '"' ? 1 : 0;
            unreadable |= next == UNREADABLE;
            if (line.length() < longest) {
                line.append((char) next);
            } else {
                tooLong = true;
            }
        }
        if (number == 1 && line.length() > 0 && line.charAt(0) == BYTE_ORDER_MARK) {
            line.deleteCharAt(0);
        }
        if (tooLong) {
            refuse("longer than " + longest + " characters");
        } else if (unreadable) {
            refuse("not UTF-8");
        } else if (quotes % 2 != 0) {
            refuse("a quotation mark is not closed in its line");
        } else if (ended && bytes.cut) {
            refuse("cut off by the limit of the file's size");
        }
        line.append('\n');
        return true;
    }

    private void refuse(String reason) {
        badLines.bad(number, "", reason);
        line.setLength(0);
    }

    /** The next character, line ends of all kinds as line feeds, or -1. */
    private int next() throws IOException {
        while (true) {
            if (bufferAt == bufferEnd) {
                bufferEnd = Math.max(0, decoded.read(buffer, 0, buffer.length));
                bufferAt = 0;
                if (bufferEnd == 0) {
                    return -1;
                }
            }
            char next = buffer[bufferAt++];
            boolean secondOfTwo = skipLineFeed && next == '\n';
            skipLineFeed = next == '\r';
            if (!secondOfTwo) {
                return next == '\r' ? '\n' : next;
            }
        }
    }

    /** Ends after so many bytes. */
    private static final class Bounded extends FilterInputStream {
        private long left;
        private boolean cut;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (left == 0) {
                cut = cut || in.read() >= 0;
                return -1;
            }
            int some = in.read(to, offset, (int) Math.min(length, left));
            left -= Math.max(0, some);
            return some;
        }
    }
}
