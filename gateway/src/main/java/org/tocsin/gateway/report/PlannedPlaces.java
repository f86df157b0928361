package org.tocsin.gateway.report;

import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.coverage.Dissemination;
import org.tocsin.gateway.receipt.ChannelEvidence;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.MeasuredArea;

/**
 * Where an issue was to go, which tells the villages of its area from corners of fields where nobody is.
 *
 * @param persons who was to get it
 * @param terminals what was to play or show it
 * @param serving the terminals by the number of their village
 */
record PlannedPlaces(RoaringBitmap persons, RoaringBitmap terminals, Map<Integer, List<MeasuredArea.Serving>> serving) {
    static PlannedPlaces of(IssueEvidence evidence, Map<Integer, List<MeasuredArea.Serving>> serving) {
        RoaringBitmap terminals = new RoaringBitmap();
        for (String name : evidence.channels()) {
            ChannelEvidence channel = evidence.channel(name);
            if (channel.isOfTerminals()) {
                terminals.or(channel.planned());
            }
        }
        return new PlannedPlaces(evidence.plannedPersons(), terminals, serving);
    }

    /** Whether an atom counts among the villages of the area. */
    boolean isOfTheArea(Atom atom) {
        return Dissemination.isVillageOfTheArea(
                atom.residents(),
                RoaringBitmap.intersects(persons, atom.living())
                        || RoaringBitmap.intersects(persons, atom.unpositioned())
                        || serving.getOrDefault(atom.village(), List.of()).stream()
                                .anyMatch(terminal -> terminals.contains(terminal.number())));
    }
}
