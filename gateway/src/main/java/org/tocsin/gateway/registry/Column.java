package org.tocsin.gateway.registry;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A kind of personal address in the registry, by the word that channels use for it. */
public enum Column {
    /** A telephone number: digits with the country's code, without plus. */
    PHONE(0, "phone"),
    /** A WeChat openid. */
    OPENID(1, "openid"),
    /** An app's push token. */
    APP_TOKEN(2, "appToken"),
    /** A mailbox. */
    EMAIL(3, "email");

    private static final Map<String, Column> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Column::word, Function.identity()));

    private final int place;
    private final String word;

    Column(int place, String word) {
        this.place = place;
        this.word = word;
    }

    /** Its place among the columns as they are kept, 0 to 3; never changes. */
    int place() {
        return place;
    }

    /** The word for it in CSV headers and in {@code Addressing.Person.column}. */
    public String word() {
        return word;
    }

    /** The column of a word, or empty where there is none. */
    public static Optional<Column> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
