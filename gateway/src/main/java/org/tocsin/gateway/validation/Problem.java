package org.tocsin.gateway.validation;

/**
 * One thing that is wrong with a message: where, which rule, and the rule and value in words.
 *
 * @param path the place: XPath-like for XML ({@code /alert/info[2]/area[1]/polygon[1]}, the index counting from 1 and
 *     standing where CAP lets the element repeat), a JSON pointer for JSON ({@code /info/1/area/0/polygon/0}); empty
 *     where the whole message is meant
 * @param code the rule's stable name in kebab-case
 * @param message the rule and the value that breaks it, in English, with line and column where the source has them
 */
public record Problem(String path, String code, String message) {}
