package org.tocsin.gateway.registry;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Position;

/** Reads the lines of a contacts file into persons, over what the registry knows of them. */
final class ContactLines {
    private static final String CLEAR = "-";
    private static final int LANGUAGES = 200;

    private static final Pattern OPENID = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>,;:\"()\\[\\]\\\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*");

    private final RegistryWriter writer;
    private final Predicate<String> erased;
    private final int audiencesBefore;
    private final Set<String> languages = new HashSet<>();
    private final Set<String> newAudiences = new HashSet<>();

    ContactLines(RegistryWriter writer, Predicate<String> erased) {
        this.writer = writer;
        this.erased = erased;
        this.audiencesBefore = writer.audiences().size();
    }

    /** The person as they will be, or null after a problem. */
    @Nullable
    Person read(Row row) {
        String key = row.required("personKey", 128);
        if (erased.test(key)) {
            row.problem("personKey", key, "asked to be erased; an administrator may take them off that list");
        }
        int village = Import.village(row, writer.divisions());
        String name = row.text("name", 128);
        String phone = phone(row);
        String openid = checked(row, "openid", 128, OPENID);
        String token = checked(row, "appToken", 512, TOKEN);
        String email = checked(row, "email", 254, EMAIL);
        String language = checked(row, "language", 35, LANGUAGE);
        if (language != null && languages.size() >= LANGUAGES && !languages.contains(language)) {
            row.problem("language", language, "more than " + LANGUAGES + " languages");
        }
        boolean noPlace = row.text("longitude", 32).equals(CLEAR)
                && row.text("latitude", 32).equals(CLEAR);
        Position position = noPlace ? null : row.position();
        Set<String> audiences = audiences(row);
        if (row.isBad()) {
            return null;
        }
        if (language != null) {
            languages.add(language);
        }
        Person before = writer.person(key);
        if (before == null) {
            return new Person(
                    key,
                    cleared(name) ? "" : name,
                    village,
                    value(phone),
                    value(openid),
                    value(token),
                    value(email),
                    language == null ? "zh-CN" : language,
                    position,
                    audiences == null ? Set.of() : audiences);
        }
        return new Person(
                key,
                name.isEmpty() ? before.name() : cleared(name) ? "" : name,
                village,
                merged(phone, before.phone()),
                merged(openid, before.openid()),
                merged(token, before.appToken()),
                merged(email, before.email()),
                language == null ? before.language() : language,
                position == null && !noPlace ? before.position() : position,
                audiences == null ? before.audiences() : audiences);
    }

    private static @Nullable String phone(Row row) {
        String given = row.text("phone", 64);
        if (given.isEmpty() || cleared(given)) {
            return given.isEmpty() ? null : given;
        }
        String normal = PhoneNumber.normal(given);
        if (normal == null) {
            row.problem("phone", given, "is no valid telephone number");
        }
        return normal;
    }

    private static @Nullable String checked(Row row, String field, int longest, Pattern pattern) {
        String given = row.optional(field, longest);
        if (given != null
                && !(cleared(given) && !field.equals("language"))
                && !pattern.matcher(given).matches()) {
            row.problem(field, given, "has not the form of this field");
        }
        return given;
    }

    /** The audiences named, or null where the field is empty. */
    private @Nullable Set<String> audiences(Row row) {
        Set<String> words = row.words("audiences");
        if (words.isEmpty()) {
            return null;
        }
        if (words.equals(Set.of(CLEAR))) {
            return Set.of();
        }
        for (String word : words) {
            if (!Audience.isName(word)) {
                row.problem("audiences", word, "is no audience's name: a letter, then letters, digits, underscores");
            } else if (!writer.audiences().containsKey(word) && newAudiences.add(word)) {
                if (audiencesBefore + newAudiences.size() > Audience.MOST) {
                    newAudiences.remove(word);
                    row.problem("audiences", word, "there are " + Audience.MOST + " audiences already");
                }
            }
        }
        return words;
    }

    private static boolean cleared(String value) {
        return value.equals(CLEAR);
    }

    private static @Nullable String value(@Nullable String given) {
        return given == null || cleared(given) ? null : given;
    }

    private static @Nullable String merged(@Nullable String given, @Nullable String before) {
        return given == null ? before : value(given);
    }
}
