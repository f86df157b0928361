package org.tocsin.gateway.report.survey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.tocsin.gateway.targeting.Atom;

/**
 * Draws a sample so that everybody who has the seed can draw it again, in any language.
 *
 * <p>The lot of a text is the first 8 bytes of SHA-256 over {@code tocsin survey 1|<seed>|<issue>|<text>} in UTF-8, the
 * highest byte first. From the registry's persons of a township those with the lowest lots of their numbers are drawn,
 * lowest first: a simple random sample without replacement. Of the households of a township one in each interval is
 * drawn, from a random start on (Madow's systematic sample): each resident has the same chance, and each village gets
 * its share, rounded down or up.
 */
final class SampleDraw {
    private static final int NOBODY = -1;

    private final String prefix;
    private final MessageDigest sha256;

    /**
     * Somebody who is drawn.
     *
     * @param number the sample number, from 1
     * @param township the township's code
     * @param village the village's code
     * @param villageName its name
     * @param person the person's number in the registry; -1 where only the village is drawn
     */
    record Drawn(int number, String township, String village, String villageName, int person) {
        boolean isPerson() {
            return person != NOBODY;
        }
    }

    private record Lot(long lot, int person, Atom atom) {}

    /** Draws for an issue by a seed. */
    SampleDraw(String issue, String seed) {
        this.prefix = "tocsin survey 1|" + seed + "|" + issue + "|";
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The code of the township of a village. */
    static String townshipOf(String village) {
        return village.substring(0, 9) + "000";
    }

    /** The atoms by their township's code, each list by code. */
    static Map<String, List<Atom>> byTownship(List<Atom> atoms) {
        Map<String, List<Atom>> townships = new TreeMap<>();
        atoms.stream().sorted(Comparator.comparing(Atom::code)).forEach(atom -> townships
                .computeIfAbsent(townshipOf(atom.code()), code -> new ArrayList<>())
                .add(atom));
        return townships;
    }

    /** Draws the sample of a plan. */
    List<Drawn> draw(SurveyPlan plan, List<Atom> atoms) {
        Map<String, List<Atom>> townships = byTownship(atoms);
        List<Drawn> sample = new ArrayList<>();
        for (SurveyPlan.Stratum stratum : plan.strata()) {
            List<Atom> villages = townships.getOrDefault(stratum.code(), List.of());
            int count = (int) stratum.drawn();
            if (plan.request().frame() == SurveyRequest.Frame.REGISTRY) {
                persons(stratum.code(), villages, count, sample);
            } else {
                households(stratum.code(), villages, count, sample);
            }
        }
        return sample;
    }

    private void persons(String township, List<Atom> villages, int count, List<Drawn> sample) {
        PriorityQueue<Lot> lowest = new PriorityQueue<>(Comparator.comparing(Lot::lot, Long::compareUnsigned)
                .thenComparing(Lot::person)
                .reversed());
        for (Atom village : villages) {
            village.living().forEach((int person) -> {
                lowest.add(new Lot(lot(Integer.toString(person)), person, village));
                if (lowest.size() > count) {
                    lowest.poll();
                }
            });
        }
        Lot[] drawn = new Lot[lowest.size()];
        for (int place = drawn.length - 1; place >= 0; place--) {
            drawn[place] = lowest.remove();
        }
        Arrays.stream(drawn)
                .forEach(one -> sample.add(new Drawn(
                        sample.size() + 1,
                        township,
                        one.atom().code(),
                        one.atom().name(),
                        one.person())));
    }

    private void households(String township, List<Atom> villages, int count, List<Drawn> sample) {
        long residents = villages.stream().mapToLong(Atom::residents).sum();
        double interval = (double) residents / Math.max(1, count);
        // The upper 53 bits of the lot as a share of 1, which a binary fraction holds exactly.
        double next = (lot(township) >>> 11) * 0x1p-53 * interval;
        int left = count;
        long before = 0;
        for (Atom village : villages) {
            before += village.residents();
            for (; left > 0 && next < before; left--, next += interval) {
                sample.add(new Drawn(sample.size() + 1, township, village.code(), village.name(), NOBODY));
            }
        }
        Atom last = villages.isEmpty() ? null : villages.get(villages.size() - 1);
        for (; left > 0 && last != null; left--) {
            // Sums of binary fractions may step over the end.
            sample.add(new Drawn(sample.size() + 1, township, last.code(), last.name(), NOBODY));
        }
    }

    private long lot(String text) {
        return ByteBuffer.wrap(sha256.digest((prefix + text).getBytes(UTF_8))).getLong();
    }
}
