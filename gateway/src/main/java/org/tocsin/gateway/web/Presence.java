package org.tocsin.gateway.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;

/**
 * Who has one warning open now, so that two people do not decide or write past each other. Each person stands there
 * once, however many windows they have. Kept in memory alone, by the node that their pages are connected to. Not for
 * several threads.
 */
final class Presence {
    /** The most who are named; of others only the number is told. */
    static final int MOST_NAMED = 12;

    /** What somebody does with the warning. */
    enum Doing {
        /** Reads it. */
        LOOKING("look"),
        /** Has its form open. */
        EDITING("edit");

        private final String word;

        Doing(String word) {
            this.word = word;
        }

        /** The word in addresses and events. */
        String word() {
            return word;
        }

        /** The meaning of a word; null where it has none. */
        static @Nullable Doing of(@Nullable String word) {
            for (Doing doing : values()) {
                if (doing.word.equals(word)) {
                    return doing;
                }
            }
            return null;
        }
    }

    /**
     * Somebody at a page.
     *
     * @param id the principal's id
     * @param name for people
     * @param doing what they do there
     */
    record Guest(String id, String name, Doing doing) {
        static Guest of(Principal principal, Doing doing) {
            return new Guest(principal.id(), principal.name(), doing);
        }
    }

    /**
     * Who is there.
     *
     * @param guests each person once, who came first standing first; who edits in one window edits
     * @param others how many more there are
     */
    record Roll(List<Guest> guests, int others) {}

    private final Map<Object, Guest> windows = new LinkedHashMap<>();

    /** Somebody has opened a page. */
    void enter(Object window, Guest guest) {
        windows.put(window, guest);
    }

    /**
     * A page is gone.
     *
     * @return whether it was there
     */
    boolean leave(Object window) {
        return windows.remove(window) != null;
    }

    Roll roll() {
        Map<String, Guest> persons = new LinkedHashMap<>();
        for (Guest guest : windows.values()) {
            persons.merge(guest.id(), guest, (one, other) -> one.doing() == Doing.EDITING ? one : other);
        }
        List<Guest> guests = new ArrayList<>(persons.values());
        int named = Math.min(MOST_NAMED, guests.size());
        return new Roll(List.copyOf(guests.subList(0, named)), guests.size() - named);
    }
}
