package org.tocsin.gateway.report.paper;

import java.util.List;
import java.util.Optional;

/**
 * What a document says, whatever it is written as. Immutable.
 *
 * @param masthead what stands at its head and on each page
 * @param parts in the order in which they are read
 */
public record Paper(Masthead masthead, List<Part> parts) {
    /** Copies the parts. */
    public Paper {
        parts = List.copyOf(parts);
    }

    /**
     * What stands at the head.
     *
     * @param authority whose document it is, such as a county's name
     * @param period the time that it is about
     * @param kind what kind of document, such as 公众预警覆盖情况年度报告
     * @param finding what it has found, in a sentence: what a reader should know who reads no more
     * @param asOf up to when facts are in it, for people
     * @param mark what every page must say at its head, such as that it is a drill; empty for nothing
     */
    public record Masthead(String authority, String period, String kind, String finding, String asOf, String mark) {
        /** Authority, period and kind in one line. */
        public String title() {
            return authority + " " + period + " " + kind;
        }
    }

    /** The tables in the order in which they are read, those that are on no page too. */
    public List<Grid> grids() {
        return parts.stream()
                .filter(Grid.class::isInstance)
                .map(Grid.class::cast)
                .toList();
    }

    /** The table of a key; empty where there is none. */
    public Optional<Grid> grid(String key) {
        return grids().stream().filter(grid -> grid.key().equals(key)).findFirst();
    }
}
