package org.tocsin.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.coverage.AtomFacts;
import org.tocsin.gateway.coverage.Audibility;
import org.tocsin.gateway.coverage.Coverage;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.ServingTerminal;
import org.tocsin.gateway.coverage.TerminalGroup;
import org.tocsin.gateway.receipt.ChannelEvidence;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.MeasuredArea;

/** Evidence laid over the atoms of the area: who and what there was to reach, is reached, and may still be. */
final class AreaEvidence {
    private final CoverageSubject subject;
    private final Map<Integer, List<MeasuredArea.Serving>> serving;
    private final RoaringBitmap persons;
    private final RoaringBitmap reached;
    private final RoaringBitmap planned = new RoaringBitmap();
    private final RoaringBitmap finished;
    private final RoaringBitmap personsOut = new RoaringBitmap();
    private final RoaringBitmap terminalsOut = new RoaringBitmap();

    AreaEvidence(CoverageSubject subject, IssueEvidence evidence) {
        this.subject = subject;
        this.serving = subject.area().terminalsByVillage();
        this.persons = evidence.plannedPersons();
        this.reached = evidence.reached(1);
        this.finished = evidence.finished();
        for (String name : evidence.channels()) {
            ChannelEvidence channel = evidence.channel(name);
            if (channel.isOfTerminals()) {
                planned.or(channel.planned());
                terminalsOut.or(channel.mayStillReport());
            } else {
                personsOut.or(channel.mayStillReport());
            }
        }
    }

    /** The atoms with all whom and what the issue was to go to, as if these had been reached. */
    List<AtomFacts> equipped() {
        return facts(persons, planned, finished);
    }

    /** The persons reached for sure if all that is still out arrives. */
    double attainable() {
        RoaringBitmap then = RoaringBitmap.or(reached, personsOut);
        RoaringBitmap played = RoaringBitmap.or(finished, terminalsOut);
        return subject.isPublic()
                ? Coverage.of(facts(then, played, played)).total().lower()
                : RoaringBitmap.andCardinality(persons, then);
    }

    /** Of an audience: the persons addressed who live in an atom, and of these the reached. */
    Figures addressed(Atom atom) {
        RoaringBitmap here = RoaringBitmap.and(atom.living(), persons);
        here.or(RoaringBitmap.and(atom.unpositioned(), persons));
        double there = RoaringBitmap.andCardinality(here, reached);
        return new Figures(here.getCardinality(), there, there, there, there);
    }

    /** Whether an atom counts among the villages of the area. */
    boolean isOfTheArea(Atom atom) {
        return new PlannedPlaces(persons, planned, serving).isOfTheArea(atom);
    }

    /** How many terminals of the atom's village it was to go to. */
    int terminals(Atom atom) {
        return count(atom, planned);
    }

    /** How many of these have played or shown it to the end. */
    int finished(Atom atom) {
        return count(atom, finished);
    }

    private int count(Atom atom, RoaringBitmap some) {
        return (int) serving.getOrDefault(atom.village(), List.of()).stream()
                .filter(terminal -> some.contains(terminal.number()))
                .count();
    }

    private List<AtomFacts> facts(RoaringBitmap who, RoaringBitmap terminals, RoaringBitmap played) {
        List<AtomFacts> facts = new ArrayList<>();
        for (Atom atom : subject.area().atoms()) {
            List<TerminalGroup> groups = new ArrayList<>();
            for (MeasuredArea.Serving terminal : serving.getOrDefault(atom.village(), List.of())) {
                if (terminals.contains(terminal.number())) {
                    Audibility audibility = subject.audibility().apply(terminal.number());
                    groups.add(TerminalGroup.of(
                            new ServingTerminal(terminal.serves(), played.contains(terminal.number()), audibility)));
                }
            }
            facts.add(new AtomFacts(
                    atom.code(),
                    atom.name(),
                    atom.residents(),
                    atom.villageResidents(),
                    atom.cut(),
                    RoaringBitmap.andCardinality(who, atom.living()),
                    RoaringBitmap.andCardinality(who, atom.unpositioned()),
                    groups));
        }
        return facts;
    }
}
