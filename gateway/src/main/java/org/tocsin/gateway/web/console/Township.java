package org.tocsin.gateway.web.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tocsin.gateway.web.WatchDesk;

/**
 * A township of an area with its villages.
 *
 * @param name its name; empty where nobody knows it
 * @param residents those of its villages in the area
 * @param villages its villages there
 */
record Township(String name, long residents, List<Place> villages) {
    /**
     * A village as a page shows it.
     *
     * @param name its name
     * @param residents those in the area
     * @param cut whether the area holds only a part of it
     * @param path its shape; empty where its boundary is not known
     */
    record Place(String name, int residents, boolean cut, String path) {}

    /** By township, in the order in which their first villages come. */
    static List<Township> of(WatchDesk.Target target) {
        Map<String, List<Place>> byName = new LinkedHashMap<>();
        target.villages().forEach(village -> byName.computeIfAbsent(village.township(), name -> new ArrayList<>())
                .add(new Place(
                        village.name(),
                        village.residents(),
                        village.cut(),
                        target.map().paths().getOrDefault(village.code(), ""))));
        List<Township> townships = new ArrayList<>();
        byName.forEach((name, own) -> townships.add(
                new Township(name, own.stream().mapToLong(Place::residents).sum(), List.copyOf(own))));
        return townships;
    }
}
