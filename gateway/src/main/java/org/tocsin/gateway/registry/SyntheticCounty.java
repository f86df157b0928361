package org.tocsin.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.tocsin.alert.Level;
import org.tocsin.alert.Position;

/**
 * A county made up from a seed. Real are only the codes and names of 夏邑县's 24 townships and 743 villages (the NBS
 * division list of 2023); boundaries, residents, people, addresses and terminals are synthetic, and say so.
 *
 * <p>Nobody can be reached by mistake: telephone numbers are +86 100 and eight digits, where Chinese mobile numbers
 * begin with 13 to 19 and 100 is the head of five-digit service numbers; mailboxes end in {@code .invalid} (RFC 2606).
 *
 * <p>Besides the contacts there is one probe for each township, with an address on every channel. Probes are no
 * residents: they are outside N, outside the contacts' number and outside the indicator.
 *
 * <p>The same seed, residents and shares give the same county. Terminals have no shared hours, so that a run does not
 * depend on the time of day.
 */
public final class SyntheticCounty {
    /** The fewest residents. */
    public static final int FEWEST = 10_000;

    /** The most residents: as many numbers as the telephone range holds. */
    public static final int MOST = 50_000_000;

    /** The share of residents who are contacts, where nothing else is said. */
    public static final double CONTACTS_SHARE = 0.95;

    private static final String SOURCE = "synthetic";
    private static final LocalDate COUNTED = LocalDate.of(2025, 12, 31);
    private static final double OPENID_SHARE = 0.30;
    private static final double TOKEN_SHARE = 0.45;
    private static final double EMAIL_SHARE = 0.06;
    private static final double POSITION_SHARE = 0.70;
    private static final double ENGLISH_SHARE = 0.02;
    private static final int SCHOOL_EVERY = 5;
    private static final int SCREEN_EVERY = 3;
    private static final String[] OWNERS = {"应急管理局 (synthetic)", "广播电视局 (synthetic)", "水利局 (synthetic)"};
    private static final String SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗";
    private static final String GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文玉兰红";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final long seed;
    private final int residents;
    private final int contacts;
    private final List<Division> divisions;
    private final List<Division> villages;
    private final int[] contactsByVillage;

    /**
     * Makes the county's divisions; people and terminals are made when asked for.
     *
     * @param seed any
     * @param residents N, 10,000 to 50 million
     * @param contactsShare 0 to 1: the contacts are this share of N, rounded
     */
    public SyntheticCounty(long seed, int residents, double contactsShare) {
        if (residents < FEWEST || residents > MOST) {
            throw new IllegalArgumentException("residents must be 10,000 to 50,000,000, was " + residents);
        }
        if (!(contactsShare >= 0 && contactsShare <= 1)) {
            throw new IllegalArgumentException("contacts.share must be 0 to 1, was " + contactsShare);
        }
        this.seed = seed;
        this.residents = residents;
        this.contacts = (int) Math.round(residents * contactsShare);
        this.divisions = makeDivisions(realNames());
        this.villages = divisions.stream()
                .filter(division -> division.level() == DivisionLevel.VILLAGE)
                .toList();
        this.contactsByVillage = Apportionment.split(
                contacts, villages.stream().mapToDouble(Division::residents).toArray(), 0);
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    /** N. */
    public int residents() {
        return residents;
    }

    /** How many contacts there are, without probes. */
    public int contacts() {
        return contacts;
    }

    /** The county, its townships and villages, in code order within each level, with boundaries. */
    public List<Division> divisions() {
        return divisions;
    }

    /** The audiences besides those that every registry has. */
    public List<Audience> audiences() {
        return List.of(
                new Audience("officersA", "灾害信息员A岗 information officers, A role"),
                new Audience("officersB", "灾害信息员B岗 information officers, B role"));
    }

    /** Writes the county into a registry and keeps it. */
    public void writeTo(RegistryWriter writer) {
        writer.putDivisions(divisions);
        audiences().forEach(writer::putAudience);
        Divisions numbered = writer.divisions();
        writer.putTerminals(terminals(numbered));
        people(numbered, writer::putPerson);
        writer.flush();
    }

    /**
     * Writes the county as files that {@link Import} takes: divisions.csv, boundaries.geojson, audiences.csv,
     * contacts.csv and terminals.csv.
     *
     * @param folder an existing directory
     * @throws IOException when a file cannot be written
     */
    public void writeFiles(Path folder) throws IOException {
        SyntheticFiles.write(this, folder);
    }

    /**
     * The terminals: a loudspeaker in each village, a screen in every third, and a probe of each.
     *
     * @param numbered gives the villages' numbers
     */
    public List<Terminal> terminals(Divisions numbered) {
        List<Terminal> terminals = new ArrayList<>();
        SplittableRandom random = random(2);
        for (int place = 0; place < villages.size(); place++) {
            Division village = villages.get(place);
            int number = numbered.villageNumber(village.code());
            Position middle = middle(village);
            int owner = random.nextInt(OWNERS.length);
            terminals.add(
                    terminal("LS" + village.code(), "loudspeaker", number, middle, owner, village.residents(), 0.6));
            if (place % SCREEN_EVERY == 0) {
                terminals.add(
                        terminal("SC" + village.code(), "screen", number, middle, owner, village.residents(), 0.2));
            }
        }
        Division first = villages.get(0);
        int number = numbered.villageNumber(first.code());
        for (String kind : List.of("loudspeaker", "screen")) {
            terminals.add(
                    new Terminal(0, "PROBE-" + kind, kind, number, middle(first), OWNERS[0], 0, Set.of(), null, true));
        }
        return terminals;
    }

    /**
     * The people, village by village, then the probes.
     *
     * @param numbered gives the villages' numbers
     */
    public void people(Divisions numbered, Consumer<Person> each) {
        int next = 0;
        for (int place = 0; place < villages.size(); place++) {
            Division village = villages.get(place);
            int number = numbered.villageNumber(village.code());
            SplittableRandom random = random(1000L + place);
            Geometry boundary = village.boundary();
            Cell cell = boundary == null ? null : new Cell(boundary);
            for (int inVillage = 0; inVillage < contactsByVillage[place]; inVillage++) {
                each.accept(contact(next++, number, place, inVillage, cell, random));
            }
        }
        int probe = 0;
        for (Division township : divisions) {
            if (township.level() == DivisionLevel.TOWNSHIP) {
                each.accept(probe(probe++, numbered, township));
            }
        }
    }

    private Person contact(
            int serial, int village, int place, int inVillage, @Nullable Cell cell, SplittableRandom random) {
        String name = "" + SURNAMES.charAt(random.nextInt(SURNAMES.length()))
                + GIVEN.charAt(random.nextInt(GIVEN.length()))
                + GIVEN.charAt(random.nextInt(GIVEN.length()));
        boolean openid = random.nextDouble() < OPENID_SHARE;
        boolean token = random.nextDouble() < TOKEN_SHARE;
        boolean email = random.nextDouble() < EMAIL_SHARE;
        boolean positioned = random.nextDouble() < POSITION_SHARE;
        boolean english = random.nextDouble() < ENGLISH_SHARE;
        return new Person(
                "synthetic-" + serial,
                name,
                village,
                phone(serial),
                openid ? "oSyn" + letters(random, 24) : null,
                token ? letters(random, 32) : null,
                email ? "p" + serial + "@county.invalid" : null,
                english ? "en-US" : "zh-CN",
                positioned && cell != null ? cell.inside(random) : null,
                audiences(place, inVillage));
    }

    private static Set<String> audiences(int place, int inVillage) {
        return switch (inVillage) {
            case 0 -> Set.of("responsible");
            case 1 -> Set.of("officers", "officersA");
            case 2 -> Set.of("officers", "officersB");
            case 3 -> place % SCHOOL_EVERY == 0 ? Set.of("schools") : Set.of();
            default -> Set.of();
        };
    }

    private static Person probe(int serial, Divisions numbered, Division township) {
        int village = numbered.villagesUnder(township.code().substring(0, 9)).first();
        return new Person(
                "synthetic-probe-" + serial,
                "探测 " + township.name(),
                village,
                phone(99_000_000 + serial),
                "oSynProbe" + serial,
                "probe-token-" + serial,
                "probe" + serial + "@county.invalid",
                "zh-CN",
                middle(numbered.village(village)),
                Set.of(Audience.PROBE));
    }

    private static String phone(int serial) {
        return "86100" + (100_000_000 + serial + "").substring(1);
    }

    private static String letters(SplittableRandom random, int length) {
        char[] letters = new char[length];
        for (int place = 0; place < length; place++) {
            letters[place] = LETTERS.charAt(random.nextInt(LETTERS.length()));
        }
        return new String(letters);
    }

    private static Terminal terminal(
            String code, String kind, int village, Position position, int owner, int residents, double share) {
        Set<Level> levels = owner == 0 ? EnumSet.allOf(Level.class) : EnumSet.of(Level.I, Level.II);
        return new Terminal(
                0,
                code,
                kind,
                village,
                position,
                OWNERS[owner],
                (int) Math.round(residents * share),
                levels,
                null,
                false);
    }

    private static Position middle(Division village) {
        Geometry boundary = village.boundary();
        if (boundary == null) {
            throw new IllegalStateException("a synthetic village has a boundary");
        }
        Point inside = boundary.getInteriorPoint();
        return new Position(inside.getY(), inside.getX());
    }

    private List<Division> makeDivisions(List<Division> names) {
        Map<String, Division> made = new LinkedHashMap<>();
        names.forEach(division -> made.put(division.code(), division));
        List<Division> places = names.stream()
                .filter(division -> division.level() == DivisionLevel.VILLAGE)
                .toList();
        SplittableRandom random = random(1);
        double[] weights = random.doubles(places.size())
                .map(uniform -> 0.4 + 1.2 * uniform * uniform + 0.4 * uniform)
                .toArray();
        int[] counts = Apportionment.split(residents, weights, 1);
        Map<String, Integer> above = new TreeMap<>();
        for (int place = 0; place < places.size(); place++) {
            String township = String.valueOf(places.get(place).parent());
            above.merge(township, counts[place], Integer::sum);
        }
        Map<String, Geometry> boundaries = SyntheticBoundaries.draw(random(3), names);
        List<Division> all = new ArrayList<>();
        int village = 0;
        for (Division division : names) {
            int count =
                    switch (division.level()) {
                        case VILLAGE -> counts[village++];
                        case TOWNSHIP -> above.getOrDefault(division.code(), 0);
                        default -> residents;
                    };
            all.add(new Division(
                    division.code(),
                    division.name(),
                    division.parent(),
                    count,
                    SOURCE,
                    COUNTED,
                    boundaries.get(division.code())));
        }
        return List.copyOf(all);
    }

    private SplittableRandom random(long stream) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + stream * 0xD1B54A32D192ED03L);
    }

    private static List<Division> realNames() {
        try (InputStream resource = SyntheticCounty.class.getResourceAsStream("xiayi-divisions.csv")) {
            if (resource == null) {
                throw new IllegalStateException("xiayi-divisions.csv is missing");
            }
            List<Division> names = new ArrayList<>();
            BufferedReader lines = new BufferedReader(new InputStreamReader(resource, UTF_8));
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                names.add(new Division(cells[0], cells[1], cells[2].isEmpty() ? null : cells[2], 0, null, null, null));
            }
            return names;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A convex cell, from which points are drawn evenly. */
    private static final class Cell {
        private final Coordinate[] ring;
        private final double[] upTo;

        Cell(Geometry convex) {
            ring = convex.getCoordinates();
            upTo = new double[ring.length - 3];
            double sum = 0;
            for (int place = 0; place < upTo.length; place++) {
                sum += Math.abs(cross(ring[0], ring[place + 1], ring[place + 2]));
                upTo[place] = sum;
            }
        }

        Position inside(SplittableRandom random) {
            double wanted = random.nextDouble() * upTo[upTo.length - 1];
            int triangle = 0;
            while (triangle < upTo.length - 1 && upTo[triangle] < wanted) {
                triangle++;
            }
            double first = Math.sqrt(random.nextDouble());
            double second = random.nextDouble();
            Coordinate one = ring[0];
            Coordinate two = ring[triangle + 1];
            Coordinate three = ring[triangle + 2];
            double x = (1 - first) * one.x + first * (1 - second) * two.x + first * second * three.x;
            double y = (1 - first) * one.y + first * (1 - second) * two.y + first * second * three.y;
            return new Position(y, x);
        }

        private static double cross(Coordinate origin, Coordinate one, Coordinate other) {
            return (one.x - origin.x) * (other.y - origin.y) - (one.y - origin.y) * (other.x - origin.x);
        }
    }
}
