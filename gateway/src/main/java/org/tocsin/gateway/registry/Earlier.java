package org.tocsin.gateway.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tocsin.gateway.registry.PersonTable.Staged;

/**
 * What stood in the registry before an import, by its log.
 *
 * @param people by number
 * @param divisions those that are others now
 * @param terminals those that are others now
 * @param audiences those that have another title now
 */
record Earlier(
        Map<Integer, Staged> people, List<Division> divisions, List<Terminal> terminals, List<Audience> audiences) {
    /** Reads a log, the latest block first: of an entry that changed twice what stood there first is kept. */
    static Earlier read(List<byte[]> log, PersonTable table) {
        Map<Integer, Staged> people = new HashMap<>();
        Map<String, Division> divisions = new LinkedHashMap<>();
        Map<String, Terminal> terminals = new LinkedHashMap<>();
        Map<String, Audience> audiences = new LinkedHashMap<>();
        UndoLog.Reader reader = new UndoLog.Reader() {
            @Override
            public void person(int number, Staged row) {
                people.put(number, row);
            }

            @Override
            public void divisions(List<Division> earlier) {
                earlier.forEach(division -> divisions.put(division.code(), division));
            }

            @Override
            public void terminals(List<Terminal> earlier) {
                earlier.forEach(terminal -> terminals.put(terminal.code(), terminal));
            }

            @Override
            public void audiences(List<Audience> earlier) {
                earlier.forEach(audience -> audiences.put(audience.name(), audience));
            }
        };
        log.forEach(block -> UndoLog.read(block, table, reader));
        return new Earlier(
                people,
                new ArrayList<>(divisions.values()),
                new ArrayList<>(terminals.values()),
                new ArrayList<>(audiences.values()));
    }

    /** How many entries there are. */
    int size() {
        return people.size() + divisions.size() + terminals.size() + audiences.size();
    }
}
