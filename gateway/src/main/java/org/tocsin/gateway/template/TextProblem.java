package org.tocsin.gateway.template;

/**
 * What is wrong with a text.
 *
 * @param field description, instruction or why
 * @param rule which rule it breaks
 * @param place the number of the character, from 1; 0 where it is of the whole text
 * @param value what stands there: the character's code point as {@code U+202E}, the word, or how many characters
 * @param limit what the rule allows, as a number; 0 where it is none
 */
public record TextProblem(String field, Rule rule, int place, String value, int limit) {
    /** The rules. */
    public enum Rule {
        /** It must say something. */
        EMPTY,
        /** It has too many characters. */
        TOO_LONG,
        /** Its first sentence has too many characters to be read at a glance. */
        FIRST_SENTENCE_TOO_LONG,
        /** It holds a character that cannot be seen, or that turns the direction of writing. */
        UNSEEN,
        /** It holds a line break, which not all channels can carry. */
        BREAK,
        /** It holds a brace: a template's places are filled by the gateway, a text has none. */
        BRACE,
        /** It holds an address to click on: a warning's own link is put in by the gateway. */
        LINK,
        /** It cannot be sent whole as a short message. */
        SMS_CUTS
    }
}
