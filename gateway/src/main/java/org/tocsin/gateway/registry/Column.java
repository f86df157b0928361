package org.tocsin.gateway.registry;

import java.util.Optional;

/** A kind of personal address in the registry, by the word that channels use for it. */
public enum Column {
    /** A telephone number: digits with the country's code, without plus. */
    PHONE("phone"),
    /** A WeChat openid. */
    OPENID("openid"),
    /** An app's push token. */
    APP_TOKEN("appToken"),
    /** A mailbox. */
    EMAIL("email");

    private final String word;

    Column(String word) {
        this.word = word;
    }

    /** The word for it in CSV headers and in {@code Addressing.Person.column}. */
    public String word() {
        return word;
    }

    /** The column of a word, or empty where there is none. */
    public static Optional<Column> of(String word) {
        for (Column column : values()) {
            if (column.word.equals(word)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }
}
