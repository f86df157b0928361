package org.tocsin.gateway.registry;

/**
 * Divisions, people, audiences and terminals: read by everybody at any time, written by one import at a time.
 *
 * <p>What it shows is kept: a change shows only after the store has it.
 */
public final class Registry {
    private volatile RegistryView view;

    private Registry(RegistryView view) {
        this.view = view;
    }

    /** Reads what the store keeps; blocks for some seconds where that is a million people. */
    public static Registry open(RegistryStore store) {
        return new Registry(load(store));
    }

    private static RegistryView load(RegistryStore store) {
        RegistryStore.Head head = store.head();
        throw new UnsupportedOperationException("version " + (head == null ? 0 : head.version()));
    }

    /** The registry at this moment, all of it from one point in time. */
    public RegistryView view() {
        return view;
    }

    /** The divisions at this moment. */
    public Divisions divisions() {
        return view.divisions();
    }

    /** The people at this moment. */
    public People people() {
        return view.people();
    }

    /** The terminals at this moment. */
    public Terminals terminals() {
        return view.terminals();
    }
}
