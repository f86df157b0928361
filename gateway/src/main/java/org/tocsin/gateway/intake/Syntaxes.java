package org.tocsin.gateway.intake;

import static org.tocsin.gateway.intake.Complaints.show;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Reference;

/** The texts that CAP 1.2 knows (section 3.2 and the XML schema of section 3.4). */
final class Syntaxes {
    /** A year of XML Schema 1.0, which has none before 0001 that is written with four digits. */
    static final String YEAR = "(?!0000)[0-9]{4}";

    private static final Pattern CAP_TIME =
            Pattern.compile(YEAR + "-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}");
    private static final Pattern XML_TIME = Pattern.compile(
            YEAR + "-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");
    private static final int WIDEST_OFFSET_SECONDS = 14 * 3600;
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");
    private static final Pattern COUNT = Pattern.compile("\\+?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]{1,40}(\\.[0-9]{0,40})?|\\.[0-9]{1,40})");
    private static final Pattern NAME_PATTERN = Pattern.compile("[^\\s,<&]+");

    /** Text that may be empty: stripped, empty counts as not said. */
    static final Syntax TEXT = (text, at, complaints) -> {
        String stripped = text.strip();
        return stripped.isEmpty() ? null : stripped;
    };

    /** Text that must say something. */
    static final Syntax WORDS = (text, at, complaints) -> {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            complaints.add(at, "empty", at.name() + " must not be empty");
            return null;
        }
        return stripped;
    };

    /** Text that must be there and may be empty: the value of a code. */
    static final Syntax VALUE = (text, at, complaints) -> text.strip();

    /** CAP's identifier and sender. */
    static final Syntax NAME = (text, at, complaints) -> {
        if (text.isEmpty()) {
            complaints.add(at, "empty", at.name() + " must not be empty");
            return null;
        }
        if (Alert.FORBIDDEN_IN_NAMES.matcher(text).find()) {
            complaints.add(
                    at,
                    "forbidden-character",
                    at.name() + " must not hold spaces, commas, < or & (CAP 3.2.1), was " + show(text));
            return null;
        }
        return text;
    };

    /** CAP 1.2's dateTime: with offset, without fractions, without Z. */
    static final Syntax TIME = (text, at, complaints) -> time(text, CAP_TIME, at, complaints);

    /** XML Schema's dateTime with an offset, as CAP 1.1 has it; fractions of a second are cut off. */
    static final Syntax TIME_1_1 = (text, at, complaints) -> time(text, XML_TIME, at, complaints);

    /** A language tag; empty counts as not said (CAP 3.2.2). */
    static final Syntax LANGUAGE_TAG = (text, at, complaints) -> {
        String tag = text.strip();
        if (tag.isEmpty()) {
            return null;
        }
        if (!LANGUAGE.matcher(tag).matches()) {
            complaints.add(at, "language", "language must be an RFC 3066 tag such as zh-CN, was " + show(tag));
            return null;
        }
        return tag;
    };

    /** A whole number of bytes. */
    static final Syntax SIZE = (text, at, complaints) -> {
        String digits = text.strip();
        if (!COUNT.matcher(digits).matches()) {
            complaints.add(
                    at, "number", at.name() + " must be a whole number of bytes, 0 or more, was " + show(digits));
            return null;
        }
        return Long.valueOf(digits);
    };

    /** XML Schema's decimal. */
    static final Syntax DECIMAL_NUMBER = (text, at, complaints) -> {
        String digits = text.strip();
        if (!DECIMAL.matcher(digits).matches()) {
            complaints.add(at, "number", at.name() + " must be a decimal number, was " + show(digits));
            return null;
        }
        return Double.valueOf(digits) + 0.0;
    };

    /** An address on the web, absolute or relative. */
    static final Syntax URI_REFERENCE = (text, at, complaints) -> uri(text, false, at, complaints);

    /** A full, absolute address on the web. */
    static final Syntax ABSOLUTE_URI = (text, at, complaints) -> uri(text, true, at, complaints);

    /** Content in Base64, with or without line breaks; empty counts as not said. */
    static final Syntax BASE64 = (text, at, complaints) -> {
        String content = text.strip();
        if (content.isEmpty()) {
            return null;
        }
        try {
            Base64.getMimeDecoder().decode(content);
            if (content.chars().allMatch(Syntaxes::isBase64)) {
                return content;
            }
        } catch (IllegalArgumentException e) {
            // told below, with the place
        }
        complaints.add(at, "base64", "derefUri must be Base64, was " + show(content));
        return null;
    };

    /** Words between spaces, those with spaces in double quotes (CAP's addresses and incidents). */
    static final Syntax GROUP = Syntaxes::group;

    /** CAP's references; a bare identifier is taken too, and it is the intake's to say whether it is known. */
    static final Syntax REFERENCES = (text, at, complaints) -> references(text, CAP_TIME, at, complaints);

    /** CAP 1.1's references. */
    static final Syntax REFERENCES_1_1 = (text, at, complaints) -> references(text, XML_TIME, at, complaints);

    private Syntaxes() {}

    /** One of CAP's words, case and blanks included. */
    static <E extends Enum<E>> Syntax word(E[] words, Function<E, String> spelling, Function<String, Optional<E>> of) {
        String choice = String.join(", ", Arrays.stream(words).map(spelling).toList());
        return (text, at, complaints) -> {
            Optional<E> found = of.apply(text).filter(word -> List.of(words).contains(word));
            if (found.isEmpty()) {
                complaints.add(at, "word", at.name() + " must be one of " + choice + ", was " + show(text));
                return null;
            }
            return found.get();
        };
    }

    private static @Nullable OffsetDateTime time(String text, Pattern form, Element at, Complaints complaints) {
        String time = text.strip();
        if (form.matcher(time).matches()) {
            try {
                OffsetDateTime read = OffsetDateTime.parse(time).truncatedTo(ChronoUnit.SECONDS);
                if (Math.abs(read.getOffset().getTotalSeconds()) <= WIDEST_OFFSET_SECONDS) {
                    return read;
                }
            } catch (DateTimeException e) {
                // told below, with the place
            }
        }
        complaints.add(
                at,
                "date-time",
                at.name() + " must be a time of the form 2026-07-20T08:00:00+08:00"
                        + (form == CAP_TIME ? ", with an offset of at most 14 h and never Z" : " with an offset or Z")
                        + ", was " + show(time));
        return null;
    }

    private static @Nullable String uri(String text, boolean absolute, Element at, Complaints complaints) {
        String address = text.strip();
        if (address.isEmpty()) {
            return null;
        }
        try {
            if (!absolute || new URI(address).isAbsolute()) {
                return new URI(address).toString();
            }
        } catch (URISyntaxException e) {
            // told below, with the place
        }
        complaints.add(
                at, "uri", at.name() + " must be a" + (absolute ? "n absolute" : "") + " URI, was " + show(address));
        return null;
    }

    private static boolean isBase64(int c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '='
                || Character.isWhitespace(c);
    }

    private static @Nullable Group group(String text, Element at, Complaints complaints) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            if (Character.isWhitespace(text.charAt(i))) {
                i++;
            } else if (text.charAt(i) == '"') {
                int end = text.indexOf('"', i + 1);
                if (end < 0) {
                    complaints.add(at, "quotes", at.name() + " must close each double quote, was " + show(text));
                    return null;
                }
                if (end > i + 1) {
                    words.add(text.substring(i + 1, end));
                }
                i = end + 1;
            } else {
                int end = i;
                while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                    end++;
                }
                words.add(text.substring(i, end));
                i = end;
            }
        }
        return words.isEmpty() ? null : new Group(words);
    }

    private static @Nullable References references(String text, Pattern time, Element at, Complaints complaints) {
        List<Reference> references = new ArrayList<>();
        boolean sound = true;
        String stripped = text.strip();
        for (String triple : stripped.isEmpty() ? new String[0] : stripped.split("\\s+", -1)) {
            Reference reference = reference(triple, time);
            if (reference == null) {
                sound = false;
                complaints.add(
                        at,
                        "reference",
                        "each of the references must be sender,identifier,sent, with blanks between them, was "
                                + show(triple));
            } else {
                references.add(reference);
            }
        }
        return sound && !references.isEmpty() ? new References(references) : null;
    }

    private static @Nullable Reference reference(String triple, Pattern time) {
        String[] parts = triple.split(",", -1);
        if (!Arrays.stream(parts).allMatch(part -> NAME_PATTERN.matcher(part).matches())) {
            return null;
        }
        if (parts.length == 1) {
            return new Reference(null, parts[0], null);
        }
        if (parts.length != 3 || !time.matcher(parts[2]).matches()) {
            return null;
        }
        try {
            return new Reference(
                    parts[0], parts[1], OffsetDateTime.parse(parts[2]).truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Writes a time as CAP 1.2 wants it: UTC as -00:00, no fractions. */
    static String write(OffsetDateTime time) {
        String offset = time.getOffset().equals(ZoneOffset.UTC) ? "-00:00" : offset(time.getOffset());
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02dT%02d:%02d:%02d%s",
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                offset);
    }

    private static String offset(ZoneOffset offset) {
        int minutes = offset.getTotalSeconds() / 60;
        return String.format(
                Locale.ROOT, "%s%02d:%02d", minutes < 0 ? "-" : "+", Math.abs(minutes) / 60, Math.abs(minutes) % 60);
    }

    /** The words of a group. */
    record Group(List<String> words) {}

    /** The alerts referenced. */
    record References(List<Reference> list) {}
}
