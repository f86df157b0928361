package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Area;
import org.tocsin.alert.Circle;
import org.tocsin.alert.Position;
import org.tocsin.gateway.registry.MemoryRegistryStore;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.targeting.TargetingSettings;

class PlacesTest {
    private static final Area MIDDLE =
            new Area("circle", List.of(), List.of(new Circle(new Position(34.24, 116.13), 3)), List.of(), null, null);

    @Test
    void whatWasAskedLatelyIsForgottenWithAnotherRegistry() {
        Registry registry = Registry.open(new MemoryRegistryStore());
        Places places = new Places(
                new Targeting(TargetingSettings.DEFAULT), registry, () -> Instant.parse("2026-07-20T00:00:00Z"));

        assertEquals(Set.of(), places.in(MIDDLE));
        try (RegistryWriter writer = registry.writer()) {
            new SyntheticCounty(1, 10_000, 0.9).writeTo(writer);
        }
        Set<String> villages = places.in(MIDDLE);

        assertFalse(villages.isEmpty());
        assertEquals(villages, places.in(MIDDLE));
    }
}
