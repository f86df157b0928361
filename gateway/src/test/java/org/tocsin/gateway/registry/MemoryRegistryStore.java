package org.tocsin.gateway.registry;

import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the registry's blocks in memory, for tests of what is built on the registry. */
public final class MemoryRegistryStore implements RegistryStore {
    private final Map<String, byte[]> blocks = new HashMap<>();
    private @Nullable Head head;
    private boolean failing;

    /** From now on refuses each commit, or no longer. */
    public synchronized void fail(boolean fails) {
        failing = fails;
    }

    @Override
    public synchronized @Nullable Head head() {
        return head;
    }

    @Override
    public synchronized void read(Kind kind, int count, Consumer<byte[]> each) {
        for (int number = 0; number < count; number++) {
            byte[] block = blocks.get(kind + ":" + number);
            if (block == null) {
                throw new IllegalStateException("block " + kind + " " + number + " is missing");
            }
            each.accept(block);
        }
    }

    @Override
    public synchronized byte @Nullable [] find(Kind kind, int number) {
        return blocks.get(kind + ":" + number);
    }

    @Override
    public synchronized void commit(Head next, List<Block> given) {
        if (failing) {
            throw new IllegalStateException("the store is out of order");
        }
        if (next.version() != (head == null ? 0 : head.version()) + 1) {
            throw new ConcurrentModificationException("another version");
        }
        given.forEach(block -> {
            if (block.bytes().length == 0) {
                blocks.remove(block.kind() + ":" + block.number());
            } else {
                blocks.put(block.kind() + ":" + block.number(), block.bytes());
            }
        });
        head = next;
    }
}
