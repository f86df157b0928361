package org.tocsin.gateway.registry;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the registry in blocks of bytes whose content is the registry's own affair. May be called by any thread; blocks
 * its caller.
 */
public interface RegistryStore {
    /** The kinds of blocks. */
    enum Kind {
        /** Divisions without their boundaries. */
        DIVISIONS,
        /** Boundaries. */
        BOUNDARIES,
        /** Audiences. */
        AUDIENCES,
        /** Terminals. */
        TERMINALS,
        /** People. */
        PEOPLE,
        /**
         * What undoes the last import; the store forgets these blocks by itself, {@link #UNDO_KEPT} after the commit.
         */
        UNDO
    }

    /** How long blocks of the kind {@link Kind#UNDO} are kept: a day longer than anybody may use them. */
    Duration UNDO_KEPT = Duration.ofDays(8);

    /**
     * A block.
     *
     * @param kind of what
     * @param number 0 …, dense within its kind
     * @param bytes its content; none at all removes the block
     */
    record Block(Kind kind, int number, byte[] bytes) {}

    /**
     * The head of what is kept.
     *
     * @param version 0 for an empty store; each commit makes it one more
     * @param bytes the head's content
     */
    record Head(long version, byte[] bytes) {}

    /** The head, or null where nothing was ever kept. */
    @Nullable
    Head head();

    /**
     * Reads blocks in the order of their numbers, a few at a time.
     *
     * @param count how many there are, by the head
     * @throws IllegalStateException when one is missing
     */
    void read(Kind kind, int count, Consumer<byte[]> each);

    /** One block, or null where there is none. */
    byte @Nullable [] find(Kind kind, int number);

    /**
     * Keeps blocks and a new head, all or none. When it returns they are kept.
     *
     * @param head its version is one more than the version it was made from
     * @throws java.util.ConcurrentModificationException when the store has another version: another node wrote
     */
    void commit(Head head, List<Block> blocks);
}
