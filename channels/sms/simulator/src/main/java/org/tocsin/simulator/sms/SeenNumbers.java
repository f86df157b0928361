package org.tocsin.simulator.sms;

import java.util.HashSet;
import java.util.Set;

/** A set of addresses; those of up to 17 digits cost 16 to 32 bytes each. Used by one thread. */
final class SeenNumbers {
    private static final int LONGEST = 17;

    private final Set<String> others = new HashSet<>();
    private long[] slots = new long[1024];
    private int size;

    void add(String address) {
        long number = number(address);
        if (number == 0) {
            others.add(address);
            return;
        }
        if (put(slots, number) && ++size * 2 > slots.length) {
            long[] larger = new long[slots.length * 2];
            for (long slot : slots) {
                if (slot != 0) {
                    put(larger, slot);
                }
            }
            slots = larger;
        }
    }

    int size() {
        return size + others.size();
    }

    Set<String> toSet() {
        Set<String> all = new HashSet<>(others);
        for (long slot : slots) {
            if (slot != 0) {
                all.add(Long.toString(slot).substring(1));
            }
        }
        return all;
    }

    private static boolean put(long[] slots, long number) {
        int mask = slots.length - 1;
        long mixed = number * 0x9E3779B97F4A7C15L;
        int at = (int) (mixed >>> 32) & mask;
        while (slots[at] != 0) {
            if (slots[at] == number) {
                return false;
            }
            at = (at + 1) & mask;
        }
        slots[at] = number;
        return true;
    }

    /** The digits with a 1 before them, which keeps leading zeros; 0 for what is no such number. */
    private static long number(String address) {
        int length = address.length();
        if (length > LONGEST) {
            return 0;
        }
        long number = 1;
        for (int i = 0; i < length; i++) {
            int digit = address.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
