package org.tocsin.gateway.report.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is changed in a pack, wherever, is found, and the part in which it lies is named. */
class PackRegionsPropertyTest {
    private static final byte[] PACK = new PaperCounty(3, 20, 25, 7).packBytes();
    private static final Map<String, int[]> REGIONS = PackSurgery.regions(PACK);
    private static final int OF_EACH = 60;

    @Example
    void theRegionsAreTheWholeFile() {
        int at = 0;
        for (Map.Entry<String, int[]> region : REGIONS.entrySet()) {
            assertEquals(at, region.getValue()[0], region.getKey());
            assertTrue(region.getValue()[1] > at, region.getKey());
            at = region.getValue()[1];
        }
        assertEquals(PACK.length, at);
        assertEquals(5 + PackFormat.Segment.values().length, REGIONS.size());
        assertEquals(Set.of(), places(PACK), "it fits before anything is done to it");
    }

    @Example
    void everyRegionIsWatchedAtItsFirstItsLastAndManyOtherBytesAndNamed() {
        Random random = new Random(1);
        REGIONS.forEach((name, region) -> {
            Set<Integer> at = new LinkedHashSet<>(List.of(region[0], region[1] - 1));
            while (at.size() < Math.min(OF_EACH, region[1] - region[0])) {
                at.add(region[0] + random.nextInt(region[1] - region[0]));
            }
            for (int place : at) {
                byte[] changed = PACK.clone();
                changed[place] ^= (byte) (1 << random.nextInt(8));
                assertNamed(name, place, changed);
            }
        });
    }

    @Property(tries = 400)
    void anEditAnywhereIsNamed(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>(REGIONS.keySet());
        String name = names.get(random.nextInt(names.size()));
        int[] region = REGIONS.getOrDefault(name, new int[2]);
        byte[] changed = PACK.clone();
        int from = region[0] + random.nextInt(region[1] - region[0]);
        int to = from + 1 + random.nextInt(Math.min(64, region[1] - from));
        for (int at = from; at < to; at++) {
            changed[at] = (byte) random.nextInt(256);
        }
        if (!Arrays.equals(PACK, changed)) {
            assertNamed(name, from, changed);
        }
    }

    @Property(tries = 400)
    void aSwapOfTwoPiecesIsNamedByOneOfThem(@ForAll long seed) {
        Random random = new Random(seed);
        int[] persons = REGIONS.getOrDefault("segment persons", new int[2]);
        boolean rows = random.nextInt(4) == 0;
        int length = rows ? PackFormat.PSEUDONYM + 1 : 1 + random.nextInt(100);
        int first = rows ? persons[0] + Integer.BYTES : random.nextInt(PACK.length - 2 * length);
        int second = first + length + random.nextInt(rows ? length : PACK.length - first - 2 * length + 1);
        byte[] changed = PACK.clone();
        System.arraycopy(PACK, first, changed, second, length);
        System.arraycopy(PACK, second, changed, first, length);
        if (Arrays.equals(PACK, changed)) {
            return;
        }

        Set<String> named = places(changed);

        assertFalse(named.isEmpty());
        assertTrue(
                names(first, first + length).stream().anyMatch(name -> isNamed(name, named))
                        || names(second, second + length).stream().anyMatch(name -> isNamed(name, named)),
                () -> "swapped in " + names(first, first + length) + " and " + names(second, second + length)
                        + ", named " + named);
    }

    @Property(tries = 400)
    void aCutOrAGrowthIsNamedByWhereItLies(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>(REGIONS.keySet());
        String name = names.get(random.nextInt(names.size()));
        int[] region = REGIONS.getOrDefault(name, new int[2]);
        int at = region[0] + random.nextInt(region[1] - region[0]);
        int count = 1 + random.nextInt(Math.min(40, region[1] - at));
        boolean grows = random.nextBoolean();
        byte[] changed = new byte[PACK.length + (grows ? count : -count)];
        System.arraycopy(PACK, 0, changed, 0, at);
        if (grows) {
            byte[] more = new byte[count];
            random.nextBytes(more);
            System.arraycopy(more, 0, changed, at, count);
            System.arraycopy(PACK, at, changed, at + count, PACK.length - at);
        } else {
            System.arraycopy(PACK, at + count, changed, at, changed.length - at);
        }

        String told = told(changed);

        assertFalse(told.isEmpty());
        if (name.startsWith("segment ")) {
            // A random byte may be the one that stood there; then the change begins in what follows.
            assertTrue(
                    told.contains(name) || told.contains(follower(name)),
                    () -> (grows ? "grown" : "cut") + " in " + name + ", told: " + told);
        }
    }

    @Example
    void nothingMayFollowTheSignature() {
        byte[] longer = Arrays.copyOf(PACK, PACK.length + 3);

        assertTrue(told(longer).startsWith("end: 3 bytes stand between"), told(longer));
        assertTrue(told(longer).endsWith("the segments before are as the manifest says"), told(longer));
    }

    private static void assertNamed(String name, int at, byte[] changed) {
        Set<String> named = places(changed);

        assertTrue(isNamed(name, named), () -> "changed in " + name + " at byte " + at + ", named " + named);
    }

    /** Whether a finding names a part; of a changed manifest also what it says wrongly from then on. */
    private static boolean isNamed(String name, Set<String> named) {
        if (name.equals("manifest") || name.equals("manifest length")) {
            return !named.isEmpty()
                    && named.stream()
                            .allMatch(place -> place.startsWith("manifest")
                                    || place.startsWith("segment")
                                    || place.equals("signature")
                                    || place.equals("end"));
        }
        return named.stream()
                .anyMatch(
                        place -> name.equals("signature") ? place.equals("manifest or signature") : place.equals(name));
    }

    private static String follower(String name) {
        List<String> names = new ArrayList<>(REGIONS.keySet());
        return names.get(names.indexOf(name) + 1);
    }

    private static List<String> names(int from, int to) {
        return REGIONS.entrySet().stream()
                .filter(region -> from < region.getValue()[1] && to > region.getValue()[0])
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Set<String> places(byte[] pack) {
        Set<String> places = new LinkedHashSet<>();
        try {
            verify(pack).findings().forEach(finding -> places.add(finding.place()));
        } catch (Unreadable unreadable) {
            places.add(unreadable.place());
        }
        return places;
    }

    private static String told(byte[] pack) {
        try {
            List<Finding> findings = verify(pack).findings();
            return findings.isEmpty() ? "" : findings.toString();
        } catch (Unreadable unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
    }

    private static PackVerification verify(byte[] pack) throws Unreadable {
        try {
            Path file = Files.createTempFile("tocsin", ".pack");
            try {
                Files.write(file, pack);
                return PackVerifier.verify(file, null);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
