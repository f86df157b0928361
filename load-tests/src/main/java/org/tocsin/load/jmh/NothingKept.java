package org.tocsin.load.jmh;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.registry.RegistryStore;

/** A store that keeps nothing: the registry's own memory is what is measured. */
final class NothingKept implements RegistryStore {
    private @Nullable Head head;

    @Override
    public synchronized @Nullable Head head() {
        return head;
    }

    @Override
    public void read(Kind kind, int count, Consumer<byte[]> each) {
        if (count > 0) {
            throw new IllegalStateException("nothing is kept");
        }
    }

    @Override
    public byte @Nullable [] find(Kind kind, int number) {
        return null;
    }

    @Override
    public synchronized void commit(Head next, List<Block> blocks) {
        head = next;
    }
}
