package org.tocsin.gateway.targeting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Position;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.Divisions;
import org.tocsin.gateway.registry.People;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.Terminal;

/**
 * What lies on some ground: villages and parts of villages, people (probes too) and terminals. A terminal belongs to it
 * where its position lies on drawn ground, where its village lies there wholly, and, of a cut village, where its
 * position is unknown.
 */
final class Footprint {
    /** A share of a village's area below which it is not touched, and as near to 1 wholly inside. */
    private static final double SLIVER = 1e-9;

    /** So many numbers make a container of a bitmap; a multiple of {@link People#BLOCK}. */
    private static final int CHUNK = 1 << 16;

    private final List<Atom> atoms;
    private final RoaringBitmap people;
    private final RoaringBitmap terminals;

    private Footprint(List<Atom> atoms, RoaringBitmap people, RoaringBitmap terminals) {
        this.atoms = atoms;
        this.people = people;
        this.terminals = terminals;
    }

    static Footprint of(AreaResolver.Ground ground, RegistryView registry) {
        RoaringBitmap whole = ground.whole().clone();
        Shape shape = ground.drawn().isEmpty() ? null : new Shape(ground.drawn(), Shape.FINE);
        Map<Integer, Double> areaShares = new TreeMap<>();
        RoaringBitmap inside = new RoaringBitmap();
        if (shape != null) {
            RoaringBitmap drawn = positionedInside(shape, registry.people());
            areaShares = areaShares(shape, whole, drawn, registry);
            inside = RoaringBitmap.andNot(drawn, living(whole, registry.people()));
            addHomes(inside, whole, registry, areaShares);
        }
        List<Atom> atoms = new ArrayList<>();
        List<RoaringBitmap> groups = new ArrayList<>();
        for (int village : whole) {
            atoms.add(wholeAtom(village, registry));
            groups.add(registry.people().inVillage(village));
            groups.add(registry.people().probesInVillage(village));
        }
        for (Map.Entry<Integer, Double> cut : areaShares.entrySet()) {
            cut(cut.getKey(), cut.getValue(), inside, registry, atoms, groups);
        }
        atoms.sort((one, other) -> Integer.compare(one.village(), other.village()));
        RoaringBitmap people = RoaringBitmap.or(groups.iterator());
        return new Footprint(List.copyOf(atoms), people, terminals(shape, whole, areaShares, registry));
    }

    List<Atom> atoms() {
        return atoms;
    }

    RoaringBitmap people() {
        return people;
    }

    RoaringBitmap terminals() {
        return terminals;
    }

    /**
     * Finds what the drawn ground cuts: shares of area by village; moves villages that lie wholly inside.
     *
     * <p>Where some positions of a village's people lie inside and some do not, it is cut, and nobody asks for its
     * share of the area: that spares the cut through its boundary, the dearest step of all.
     */
    private static Map<Integer, Double> areaShares(
            Shape shape, RoaringBitmap whole, RoaringBitmap drawn, RegistryView registry) {
        Divisions divisions = registry.divisions();
        People people = registry.people();
        Map<Integer, Double> shares = new TreeMap<>();
        PreparedGeometry prepared = PreparedGeometryFactory.prepare(shape.geometry());
        for (int village : RoaringBitmap.andNot(divisions.villagesNear(shape.box()), whole)) {
            Geometry boundary = divisions.village(village).boundary();
            Shape.Side side = boundary == null ? Shape.Side.OUTSIDE : shape.side(boundary.getEnvelopeInternal());
            if (boundary == null || side == Shape.Side.OUTSIDE) {
                continue;
            }
            RoaringBitmap residents = people.inVillage(village);
            int in = RoaringBitmap.andCardinality(residents, drawn);
            if (side == Shape.Side.INSIDE || (holdsCorners(shape, boundary) && covers(shape, prepared, boundary))) {
                whole.add(village);
            } else if (in > 0 && in < RoaringBitmap.andCardinality(residents, people.positioned())) {
                shares.put(village, 0.0);
            } else if (intersects(shape, boundary)) {
                double share = share(shape, boundary);
                if (share >= 1 - SLIVER) {
                    whole.add(village);
                } else if (share > SLIVER) {
                    shares.put(village, share);
                }
            }
        }
        return shares;
    }

    /** Whether all corners lie in the shape: else it does not cover the boundary. */
    private static boolean holdsCorners(Shape shape, Geometry boundary) {
        for (Coordinate corner : boundary.getCoordinates()) {
            if (!shape.contains(corner.x, corner.y)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the shape covers a boundary of which it holds all corners. */
    private static boolean covers(Shape shape, PreparedGeometry prepared, Geometry boundary) {
        Shape.Meeting meeting = shape.meeting(boundary);
        if (meeting == Shape.Meeting.CROSSING) {
            return false;
        }
        return (meeting == Shape.Meeting.NONE && !shape.hasHoles()) || prepared.covers(boundary);
    }

    /** Whether the shape and a boundary have any ground or line in common. */
    private static boolean intersects(Shape shape, Geometry boundary) {
        return shape.meeting(boundary) != Shape.Meeting.NONE
                || holdsCornerOfAnyPart(boundary, shape.geometry())
                || holdsCornerOfAnyPart(shape.geometry(), boundary);
    }

    private static boolean holdsCornerOfAnyPart(Geometry ground, Geometry parts) {
        for (int part = 0; part < parts.getNumGeometries(); part++) {
            Coordinate corner = parts.getGeometryN(part).getCoordinate();
            if (ground.getEnvelopeInternal().covers(corner)
                    && SimplePointInAreaLocator.locate(corner, ground) != Location.EXTERIOR) {
                return true;
            }
        }
        return false;
    }

    private static double share(Shape shape, Geometry boundary) {
        return OverlayNGRobust.overlay(shape.geometry(), boundary, OverlayNG.INTERSECTION)
                        .getArea()
                / boundary.getArea();
    }

    /**
     * The persons whose position lies on drawn ground; by whole blocks where a block lies on one side of its border.
     */
    private static RoaringBitmap positionedInside(Shape shape, People people) {
        List<RoaringBitmap> chunks = new ArrayList<>();
        long[] words = new long[CHUNK / Long.SIZE];
        for (int from = 0; from < people.size(); from += CHUNK) {
            boolean any = false;
            int end = Math.min(people.size(), from + CHUNK);
            for (int first = from; first < end; first += People.BLOCK) {
                Envelope box = people.around(first);
                Shape.Side side = box == null ? Shape.Side.OUTSIDE : shape.side(box);
                if (side != Shape.Side.OUTSIDE) {
                    any = true;
                    mark(words, first - from, side, shape, people, first, Math.min(end, first + People.BLOCK));
                }
            }
            if (any) {
                chunks.add(RoaringBitmap.addOffset(BitSetUtil.bitmapOf(words), (long) from));
                Arrays.fill(words, 0);
            }
        }
        RoaringBitmap inside = RoaringBitmap.or(chunks.iterator());
        inside.and(people.positioned());
        return inside;
    }

    /** Sets the bits of a block's persons that lie inside; some have no position, and lie nowhere. */
    private static void mark(long[] words, int place, Shape.Side side, Shape shape, People people, int first, int end) {
        for (int from = first; from < end; from += Long.SIZE) {
            long word = 0;
            if (side == Shape.Side.INSIDE) {
                word = -1;
            } else {
                for (int person = Math.min(end, from + Long.SIZE) - 1; person >= from; person--) {
                    word = (word << 1) | (shape.contains(people.longitude(person), people.latitude(person)) ? 1 : 0);
                }
            }
            words[(place + from - first) / Long.SIZE] = word;
        }
    }

    /** Whose home is in one of the villages, probes too. */
    private static RoaringBitmap living(RoaringBitmap villages, People people) {
        List<RoaringBitmap> homes = new ArrayList<>();
        for (int village : villages) {
            homes.add(people.inVillage(village));
            homes.add(people.probesInVillage(village));
        }
        return RoaringBitmap.or(homes.iterator());
    }

    /** Adds the home villages of people on drawn ground that the ground itself does not touch. */
    private static void addHomes(
            RoaringBitmap inside, RoaringBitmap whole, RegistryView registry, Map<Integer, Double> areaShares) {
        People people = registry.people();
        for (int village = 0; village < registry.divisions().villages(); village++) {
            if (!whole.contains(village)
                    && (RoaringBitmap.intersects(people.inVillage(village), inside)
                            || RoaringBitmap.intersects(people.probesInVillage(village), inside))) {
                areaShares.putIfAbsent(village, 0.0);
            }
        }
    }

    private static Atom wholeAtom(int village, RegistryView registry) {
        Division division = registry.divisions().village(village);
        return new Atom(
                village,
                division.code(),
                division.name(),
                division.residents(),
                division.residents(),
                false,
                1,
                registry.people().inVillage(village),
                new RoaringBitmap());
    }

    private static void cut(
            int village,
            double areaShare,
            RoaringBitmap inside,
            RegistryView registry,
            List<Atom> atoms,
            List<RoaringBitmap> groups) {
        People people = registry.people();
        RoaringBitmap residents = people.inVillage(village);
        RoaringBitmap probes = people.probesInVillage(village);
        RoaringBitmap living = RoaringBitmap.and(residents, inside);
        RoaringBitmap unpositioned = RoaringBitmap.andNot(residents, people.positioned());
        groups.add(living);
        groups.add(unpositioned);
        groups.add(RoaringBitmap.and(probes, inside));
        groups.add(RoaringBitmap.andNot(probes, people.positioned()));
        int positioned = residents.getCardinality() - unpositioned.getCardinality();
        double share = positioned == 0 ? areaShare : (double) living.getCardinality() / positioned;
        Division division = registry.divisions().village(village);
        atoms.add(new Atom(
                village,
                division.code(),
                division.name(),
                Atom.residents(division.residents(), share),
                division.residents(),
                true,
                share,
                living,
                unpositioned));
    }

    private static RoaringBitmap terminals(
            @Nullable Shape shape, RoaringBitmap whole, Map<Integer, Double> cut, RegistryView registry) {
        RoaringBitmap terminals = new RoaringBitmap();
        for (Terminal terminal : registry.terminals().present()) {
            Position position = terminal.position();
            boolean here = whole.contains(terminal.village());
            if (!here && shape != null) {
                here = position == null
                        ? cut.containsKey(terminal.village())
                        : shape.contains(position.longitude(), position.latitude());
            }
            if (here) {
                terminals.add(terminal.number());
            }
        }
        return terminals;
    }
}
