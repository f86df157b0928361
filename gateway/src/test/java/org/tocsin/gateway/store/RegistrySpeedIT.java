package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.gateway.registry.Import;
import org.tocsin.gateway.registry.ImportLimits;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.targeting.TargetRefused;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.targeting.TargetingSettings;
import org.tocsin.gateway.targeting.TargetingSpeed;

/** Prints what making, importing, loading and targeting cost; {@code -Dresidents=1200000} for a whole county. */
@ExtendWith(RedisExtension.class)
class RegistrySpeedIT {
    private static final int RESIDENTS = Integer.getInteger("residents", 50_000);

    private long lastCpu;

    @Test
    void makesImportsLoadsAndTargets(Redis redis, @TempDir Path folder) throws IOException, TargetRefused {
        SyntheticCounty county = new SyntheticCounty(1, RESIDENTS, 1);
        long start = begin();
        try (RegistryWriter writer =
                Registry.open(new RedisRegistryStore(redis)).writer()) {
            county.writeTo(writer);
        }
        print("generator into registry and Redis", start);

        county.writeFiles(folder);
        redis.connection().sync().flushall();
        start = begin();
        Registry imported = Registry.open(new RedisRegistryStore(redis));
        Import imports = new Import(imported, ImportLimits.DEFAULT, () -> key -> false);
        try (InputStream divisions = Files.newInputStream(folder.resolve("divisions.csv"));
                InputStream boundaries = Files.newInputStream(folder.resolve("boundaries.geojson"));
                InputStream terminals = Files.newInputStream(folder.resolve("terminals.csv"));
                InputStream contacts = Files.newInputStream(folder.resolve("contacts.csv"))) {
            imports.divisions(divisions, false, lines -> {});
            imports.boundaries(boundaries, false, lines -> {});
            imports.terminals(terminals, false, lines -> {});
            assertEquals(
                    RESIDENTS + 24,
                    imports.contacts(contacts, false, lines -> {}).accepted());
        }
        print("import of CSV", start);
        start = begin();
        try (InputStream contacts = Files.newInputStream(folder.resolve("contacts.csv"))) {
            assertEquals(0, imports.contacts(contacts, false, lines -> {}).updated());
        }
        print("import of the same again", start);

        long before = heap();
        start = begin();
        Registry loaded = Registry.open(new RedisRegistryStore(redis));
        print("load", start);
        System.out.printf(Locale.ROOT, "PERF heap %d MB for %d people%n", (heap() - before) >> 20, RESIDENTS);
        RegistryView view = loaded.view();
        Targeting targeting = new Targeting(TargetingSettings.DEFAULT);
        for (int round = 0; round < 5; round++) {
            start = begin();
            targeting.target(List.of(TargetingSpeed.county()), "residents", view, Instant.EPOCH);
            print("target of the county by code", start);
        }
        for (int round = 0; round < 3; round++) {
            start = begin();
            targeting.target(List.of(TargetingSpeed.polygon(5000)), "residents", view, Instant.EPOCH);
            print("target of a polygon of 5,000 corners", start);
        }
    }

    private void print(String what, long since) {
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        System.out.printf(
                Locale.ROOT,
                "PERF %s: %.1f ms, of them %.1f ms of this thread's CPU, at %d residents%n",
                what,
                (System.nanoTime() - since) / 1e6,
                (cpu - lastCpu) / 1e6,
                RESIDENTS);
        lastCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private long begin() {
        lastCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return System.nanoTime();
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
