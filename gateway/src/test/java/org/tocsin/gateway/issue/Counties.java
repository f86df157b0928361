package org.tocsin.gateway.issue;

import org.tocsin.gateway.registry.MemoryRegistryStore;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;

/** The synthetic county, made once for all tests of this room. */
public final class Counties {
    private static final Registry REGISTRY = Registry.open(new MemoryRegistryStore());

    static {
        try (RegistryWriter writer = REGISTRY.writer()) {
            new SyntheticCounty(1, 20_000, 0.9).writeTo(writer);
        }
    }

    private Counties() {}

    public static RegistryView view() {
        return REGISTRY.view();
    }
}
