package org.tocsin.gateway.registry;

import java.util.Arrays;

/** From a person's key to their number: an open hash table of numbers. Any thread may use it. */
final class KeyIndex {
    /** Compares a key with the one kept under a number. */
    interface Keys {
        /** Whether the number's key is this one, and it is no tomb. */
        boolean isOf(int number, byte[] key);
    }

    private final Keys keys;
    private int[] slots = new int[1 << 12];
    private int[] hashes = new int[1 << 12];
    private int used;

    KeyIndex(Keys keys) {
        this.keys = keys;
    }

    /** The number of a key, or -1. */
    synchronized int find(byte[] key) {
        int hash = hash(key);
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            if (hashes[slot] == hash && keys.isOf(slots[slot] - 1, key)) {
                return slots[slot] - 1;
            }
        }
        return -1;
    }

    /** Adds a key that is not there. */
    synchronized void add(byte[] key, int number) {
        if (used > slots.length / 8 * 5) {
            grow();
        }
        insert(hash(key), number + 1);
        used++;
    }

    /** Forgets the numbers from this one up. */
    synchronized void forgetFrom(int first) {
        int[] oldSlots = slots;
        int[] oldHashes = hashes;
        slots = new int[oldSlots.length];
        hashes = new int[oldSlots.length];
        used = 0;
        for (int slot = 0; slot < oldSlots.length; slot++) {
            if (oldSlots[slot] != 0 && oldSlots[slot] <= first) {
                insert(oldHashes[slot], oldSlots[slot]);
                used++;
            }
        }
    }

    private void grow() {
        int[] oldSlots = slots;
        int[] oldHashes = hashes;
        slots = new int[2 * oldSlots.length];
        hashes = new int[2 * oldSlots.length];
        for (int slot = 0; slot < oldSlots.length; slot++) {
            if (oldSlots[slot] != 0) {
                insert(oldHashes[slot], oldSlots[slot]);
            }
        }
    }

    private void insert(int hash, int value) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = value;
        hashes[slot] = hash;
    }

    private static int hash(byte[] key) {
        int mixed = Arrays.hashCode(key) * 0x9E3779B9;
        mixed ^= mixed >>> 15;
        mixed *= 0x85EBCA6B;
        return mixed ^ (mixed >>> 13);
    }
}
