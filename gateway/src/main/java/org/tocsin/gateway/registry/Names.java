package org.tocsin.gateway.registry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Numbers for a few words, 0 to 255; appended only. One thread appends, any thread reads. */
final class Names {
    /** The most words. */
    static final int MOST = 256;

    private final List<String> words = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    /** The number of a word; a new one gets the next. */
    int number(String word) {
        Integer known = numbers.get(word);
        if (known != null) {
            return known;
        }
        if (words.size() == MOST) {
            throw new IllegalStateException("more than " + MOST + " different words: " + word);
        }
        words.add(word);
        numbers.put(word, words.size() - 1);
        return words.size() - 1;
    }

    /** The number of a word, or null where it has none. */
    @Nullable
    Integer find(String word) {
        return numbers.get(word);
    }

    /** The word of a number. */
    String word(int number) {
        return words.get(number);
    }

    /** All words, by number. */
    List<String> all() {
        return List.copyOf(words);
    }
}
