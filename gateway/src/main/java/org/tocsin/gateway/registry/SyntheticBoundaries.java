package org.tocsin.gateway.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.triangulate.VoronoiDiagramBuilder;

/**
 * Draws boundaries that nobody has surveyed: a round county, whose villages are the cells of a Voronoi diagram and
 * whose townships are what their villages cover. Every village's cell is convex.
 */
final class SyntheticBoundaries {
    private static final GeometryFactory GEOMETRY = new GeometryFactory();
    private static final double LONGITUDE = 116.13;
    private static final double LATITUDE = 34.24;
    private static final double HALF_WIDTH = 0.24;
    private static final double HALF_HEIGHT = 0.19;
    private static final int CORNERS = 48;
    private static final double GRID = 1e6;

    private SyntheticBoundaries() {}

    /** Boundaries by code, for one county, its townships and villages. */
    static Map<String, Geometry> draw(SplittableRandom random, List<Division> names) {
        Geometry outline = outline(random);
        Map<String, List<Division>> townships = new HashMap<>();
        Map<String, Geometry> drawn = new HashMap<>();
        List<String> order = new ArrayList<>();
        int villages = 0;
        for (Division division : names) {
            switch (division.level()) {
                case VILLAGE -> {
                    townships
                            .computeIfAbsent(String.valueOf(division.parent()), code -> new ArrayList<>())
                            .add(division);
                    villages++;
                }
                case TOWNSHIP -> order.add(division.code());
                default -> drawn.put(division.code(), outline);
            }
        }
        List<List<Division>> groups = order.stream()
                .map(township -> townships.getOrDefault(township, List.of()))
                .toList();
        Map<Coordinate, Division> sites = new HashMap<>();
        assign(sites(random, outline, villages), groups, true, sites);
        for (Map.Entry<String, Geometry> cell : cells(outline, sites).entrySet()) {
            drawn.put(cell.getKey(), cell.getValue());
        }
        for (String township : order) {
            List<Geometry> parts = townships.getOrDefault(township, List.of()).stream()
                    .map(village -> drawn.get(village.code()))
                    .toList();
            drawn.put(township, OverlayNGRobust.union(GEOMETRY.buildGeometry(parts)));
        }
        return drawn;
    }

    private static Geometry outline(SplittableRandom random) {
        Coordinate[] corners = new Coordinate[CORNERS];
        for (int corner = 0; corner < CORNERS; corner++) {
            double angle = 2 * Math.PI * corner / CORNERS;
            double reach = 0.9 + 0.1 * random.nextDouble();
            corners[corner] = rounded(
                    LONGITUDE + HALF_WIDTH * reach * Math.cos(angle), LATITUDE + HALF_HEIGHT * reach * Math.sin(angle));
        }
        return GEOMETRY.createMultiPointFromCoords(corners).convexHull();
    }

    private static List<Coordinate> sites(SplittableRandom random, Geometry outline, int count) {
        Envelope box = outline.getEnvelopeInternal();
        Map<Coordinate, Boolean> taken = new HashMap<>();
        List<Coordinate> sites = new ArrayList<>();
        while (sites.size() < count) {
            Coordinate site = rounded(
                    box.getMinX() + random.nextDouble() * box.getWidth(),
                    box.getMinY() + random.nextDouble() * box.getHeight());
            if (outline.contains(GEOMETRY.createPoint(site)) && taken.put(site, true) == null) {
                sites.add(site);
            }
        }
        return sites;
    }

    /** Halves the townships and, along the other axis each time, the sites, so that each township lies together. */
    private static void assign(
            List<Coordinate> sites, List<List<Division>> townships, boolean byX, Map<Coordinate, Division> to) {
        if (townships.size() == 1) {
            List<Division> villages = townships.get(0);
            for (int place = 0; place < villages.size(); place++) {
                to.put(sites.get(place), villages.get(place));
            }
            return;
        }
        List<Coordinate> sorted = new ArrayList<>(sites);
        Comparator<Coordinate> axis = byX
                ? Comparator.comparingDouble((Coordinate site) -> site.x).thenComparingDouble(site -> site.y)
                : Comparator.comparingDouble((Coordinate site) -> site.y).thenComparingDouble(site -> site.x);
        sorted.sort(axis);
        int half = townships.size() / 2;
        int first = townships.subList(0, half).stream().mapToInt(List::size).sum();
        assign(sorted.subList(0, first), townships.subList(0, half), !byX, to);
        assign(sorted.subList(first, sorted.size()), townships.subList(half, townships.size()), !byX, to);
    }

    private static Map<String, Geometry> cells(Geometry outline, Map<Coordinate, Division> sites) {
        VoronoiDiagramBuilder voronoi = new VoronoiDiagramBuilder();
        voronoi.setSites(List.copyOf(sites.keySet()));
        voronoi.setClipEnvelope(outline.getEnvelopeInternal());
        Geometry diagram = voronoi.getDiagram(GEOMETRY);
        Map<String, Geometry> cells = new HashMap<>();
        for (int place = 0; place < diagram.getNumGeometries(); place++) {
            Geometry cell = diagram.getGeometryN(place);
            Division village = sites.get((Coordinate) cell.getUserData());
            if (village != null) {
                cells.put(village.code(), OverlayNGRobust.overlay(cell, outline, OverlayNG.INTERSECTION));
            }
        }
        return cells;
    }

    private static Coordinate rounded(double x, double y) {
        return new Coordinate(Math.rint(x * GRID) / GRID, Math.rint(y * GRID) / GRID);
    }
}
