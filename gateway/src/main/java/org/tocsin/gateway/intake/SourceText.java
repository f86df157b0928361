package org.tocsin.gateway.intake;

import static org.tocsin.gateway.intake.Complaints.show;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The characters of a message's bytes, decoded strictly: by the byte order mark, else the media type's charset, else
 * the XML declaration, else UTF-8 (RFC 7303, section 3). Only encodings of a closed list are taken.
 */
final class SourceText {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Map<String, Charset> TAKEN = Map.ofEntries(
            Map.entry("UTF-8", StandardCharsets.UTF_8),
            Map.entry("UTF8", StandardCharsets.UTF_8),
            Map.entry("UTF-16", StandardCharsets.UTF_16),
            Map.entry("UTF-16BE", StandardCharsets.UTF_16BE),
            Map.entry("UTF-16LE", StandardCharsets.UTF_16LE),
            Map.entry("US-ASCII", StandardCharsets.US_ASCII),
            Map.entry("ASCII", StandardCharsets.US_ASCII),
            Map.entry("ISO-8859-1", StandardCharsets.ISO_8859_1),
            Map.entry("GB2312", GB18030),
            Map.entry("GBK", GB18030),
            Map.entry("GB18030", GB18030));
    private static final Pattern DECLARED =
            Pattern.compile("^<\\?xml[^>]{0,200}?\\sencoding\\s*=\\s*[\"']([^\"'>]{1,40})[\"']");
    private static final int LOOKED_AT = 256;

    private SourceText() {}

    /**
     * Decodes an XML document.
     *
     * @param charset the media type's charset; null where it names none
     */
    static CharBuffer ofXml(byte[] body, @Nullable String charset) throws Unreadable {
        Charset marked = byMark(body);
        if (marked != null) {
            return decode(body, marked);
        }
        if (charset != null) {
            return decode(body, named(charset));
        }
        if (body.length >= 2 && body[0] == 0 && body[1] == '<') {
            return decode(body, StandardCharsets.UTF_16BE);
        }
        if (body.length >= 2 && body[0] == '<' && body[1] == 0) {
            return decode(body, StandardCharsets.UTF_16LE);
        }
        String start = new String(body, 0, Math.min(body.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        Matcher declared = DECLARED.matcher(start);
        return decode(body, declared.find() ? named(declared.group(1)) : StandardCharsets.UTF_8);
    }

    /** Decodes a JSON text, which is UTF-8 (RFC 8259, section 8.1); its byte order mark is passed over. */
    static CharBuffer ofJson(byte[] body) throws Unreadable {
        return decode(body, StandardCharsets.UTF_8);
    }

    private static @Nullable Charset byMark(byte[] body) {
        if (body.length >= 3 && (body[0] & 0xFF) == 0xEF && (body[1] & 0xFF) == 0xBB && (body[2] & 0xFF) == 0xBF) {
            return StandardCharsets.UTF_8;
        }
        if (body.length >= 2 && (body[0] & 0xFF) == 0xFE && (body[1] & 0xFF) == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (body.length >= 2 && (body[0] & 0xFF) == 0xFF && (body[1] & 0xFF) == 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        return null;
    }

    private static Charset named(String name) throws Unreadable {
        Charset charset = TAKEN.get(name.toUpperCase(Locale.ROOT));
        if (charset == null) {
            throw Unreadable.malformed(
                    "",
                    "encoding",
                    "the encoding must be UTF-8, UTF-16, GB18030, GBK, GB2312, ISO-8859-1 or US-ASCII, was "
                            + show(name));
        }
        return charset;
    }

    private static CharBuffer decode(byte[] body, Charset charset) throws Unreadable {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        try {
            CharBuffer characters = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes);
            if (characters.hasRemaining() && characters.get(characters.position()) == '\uFEFF') {
                characters.position(characters.position() + 1);
            }
            return characters;
        } catch (CharacterCodingException e) {
            throw Unreadable.malformed(
                    "", "encoding", "the bytes are not " + charset.name() + " at byte " + bytes.position());
        }
    }
}
