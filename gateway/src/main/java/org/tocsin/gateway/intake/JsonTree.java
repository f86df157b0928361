package org.tocsin.gateway.intake;

import static org.tocsin.gateway.intake.Complaints.show;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharArrayReader;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.intake.Grammar.Part;

/**
 * Reads JSON (RFC 8259, no extensions) into elements by a grammar: keys are element names, what the grammar lets repeat
 * is an array, values are strings, numbers too where the grammar wants a number.
 *
 * <p>For any number of threads.
 */
final class JsonTree {
    private static final Set<String> NUMBERS = Set.of("size", "altitude", "ceiling");

    private final JsonFactory factory = new JsonFactory();

    /** The root element of a text; complaints are made of what has the wrong form. */
    Element read(CharBuffer characters, Grammar grammar, Complaints complaints) throws Unreadable {
        CharArrayReader source = new CharArrayReader(
                characters.array(), characters.arrayOffset() + characters.position(), characters.remaining());
        try (JsonParser json = factory.createParser(source)) {
            return new Walk(json, complaints).root(grammar);
        } catch (Unreadable e) {
            if (e.status() == 422 && !isClosed(characters)) {
                throw Unreadable.malformed("", "not-json", "the body is not JSON: its brackets do not match");
            }
            throw e;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw Unreadable.malformed(
                    "", "not-json", "the body is not JSON" + place + ": " + show(e.getOriginalMessage()));
        } catch (IOException e) {
            throw Unreadable.malformed("", "not-json", "the body is not JSON: " + show(String.valueOf(e.getMessage())));
        }
    }

    /** Whether each bracket outside of strings is closed by its like; all else of JSON is not looked at. */
    private static boolean isClosed(CharBuffer text) {
        BitSet objects = new BitSet();
        int depth = 0;
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (quoted) {
                at += letter == '\\' ? 1 : 0;
                quoted = letter != '"';
            } else if (letter == '"') {
                quoted = true;
            } else if (letter == '{' || letter == '[') {
                objects.set(depth++, letter == '{');
            } else if ((letter == '}' || letter == ']') && (--depth < 0 || objects.get(depth) != (letter == '}'))) {
                return false;
            }
        }
        return depth == 0 && !quoted;
    }

    /** One walk through a text. */
    private static final class Walk {
        private final JsonParser json;
        private final Complaints complaints;
        private int depth;
        private int elements;

        Walk(JsonParser json, Complaints complaints) {
            this.json = json;
            this.complaints = complaints;
        }

        Element root(Grammar grammar) throws IOException, Unreadable {
            JsonToken first = next();
            if (first == null) {
                throw Unreadable.malformed("", "not-json", "the body is empty");
            }
            Element root = element("alert", null, "");
            if (first == JsonToken.START_OBJECT) {
                object(root, grammar);
            } else {
                complaints.add(root, "expected-object", "the body must be a JSON object, was " + kind(first));
                skip(first);
            }
            if (next() != null) {
                throw Unreadable.malformed("", "trailing-content", "nothing may follow the JSON object" + place());
            }
            return root;
        }

        private void object(Element element, Grammar grammar) throws IOException, Unreadable {
            Set<String> seen = new HashSet<>();
            while (next() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                Part part = grammar.part(key);
                JsonToken value = next();
                if (!seen.add(key)) {
                    complaints.add(at(element, key), "duplicate-key", "a key may stand once, was again " + show(key));
                    skip(value);
                } else if (part == null) {
                    complaints.add(
                            at(element, key),
                            "unknown-key",
                            "CAP has no such key in " + element.name() + ": " + show(key));
                    skip(value);
                } else if (part.repeats()) {
                    array(element, part, value);
                } else {
                    value(element, part, key, value);
                }
            }
        }

        private void array(Element element, Part part, @Nullable JsonToken value) throws IOException, Unreadable {
            if (value != JsonToken.START_ARRAY) {
                complaints.add(
                        at(element, part.name()),
                        "expected-array",
                        part.name() + " may repeat and must be an array, even of one, was " + kind(value));
                skip(value);
                return;
            }
            int index = 0;
            for (JsonToken item = next(); item != JsonToken.END_ARRAY; item = next()) {
                value(element, part, part.name() + "/" + index++, item);
            }
        }

        private void value(Element parent, Part part, String step, @Nullable JsonToken value)
                throws IOException, Unreadable {
            Element element = element(part.name(), parent, step);
            Grammar inner = part.inner();
            if (inner != null && value == JsonToken.START_OBJECT) {
                parent.add(element);
                object(element, inner);
            } else if (inner == null && isText(part, value)) {
                String text = json.getText();
                checkCharacters(element, text);
                element.setText(text);
                parent.add(element);
            } else {
                String wanted = inner != null ? "an object" : NUMBERS.contains(part.name()) ? "a number" : "a string";
                complaints.add(
                        element,
                        inner != null ? "expected-object" : "expected-string",
                        part.name() + " must be " + wanted + ", was " + kind(value));
                element.markSpoilt();
                parent.add(element);
                skip(value);
            }
        }

        private static boolean isText(Part part, @Nullable JsonToken value) {
            return value == JsonToken.VALUE_STRING
                    || (NUMBERS.contains(part.name()) && value != null && value.isNumeric());
        }

        private void checkCharacters(Element element, String text) {
            int illegal = Characters.firstIllegal(text);
            if (illegal >= 0) {
                complaints.add(
                        element,
                        "illegal-character",
                        String.format(
                                "XML, and so CAP, cannot hold the character \\u%04X at %d",
                                (int) text.charAt(illegal), illegal));
            }
        }

        private Element element(String name, @Nullable Element parent, String step) throws Unreadable {
            if (++elements > XmlTree.ELEMENTS) {
                throw Unreadable.tooMuch(
                        "", "too-many-elements", "a message may hold " + XmlTree.ELEMENTS + " values, has more");
            }
            return at(name, parent, step);
        }

        private Element at(Element parent, String key) {
            return at(key, parent, key.replace("~", "~0").replace("/", "~1"));
        }

        private Element at(String name, @Nullable Element parent, String step) {
            JsonLocation at = json.currentTokenLocation();
            return Element.json(name, parent, step, at.getLineNr(), at.getColumnNr());
        }

        private @Nullable JsonToken next() throws IOException, Unreadable {
            JsonToken token = json.nextToken();
            if (token != null && token.isStructStart() && ++depth > XmlTree.DEPTH) {
                throw Unreadable.tooMuch(
                        "", "too-deep", "values may lie " + XmlTree.DEPTH + " deep, no deeper" + place());
            }
            if (token != null && token.isStructEnd()) {
                depth--;
            }
            return token;
        }

        private void skip(@Nullable JsonToken token) throws IOException, Unreadable {
            if (token == null || !token.isStructStart()) {
                return;
            }
            int outside = depth - 1;
            while (depth > outside) {
                if (next() == null) {
                    return;
                }
            }
        }

        private String place() {
            JsonLocation at = json.currentTokenLocation();
            return " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        }

        private static String kind(@Nullable JsonToken token) {
            if (token == null) {
                return "nothing";
            }
            return switch (token) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "an array";
                case VALUE_NULL -> "null";
                case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                default -> "a string";
            };
        }
    }
}
