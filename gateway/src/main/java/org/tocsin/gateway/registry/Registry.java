package org.tocsin.gateway.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Divisions, people, audiences and terminals: read by everybody at any time, written by one import at a time.
 *
 * <p>What it shows is kept: a change shows only after the store has it.
 */
public final class Registry {
    /** The audiences that every registry has, besides those that are imported. */
    private static final List<Audience> FIRST_AUDIENCES = List.of(
            new Audience(Audience.PROBE, "探测终端 probes"),
            new Audience("responsible", "责任人 responsible persons"),
            new Audience("officers", "灾害信息员 information officers"),
            new Audience("schools", "学校 schools"));

    private static final Audience RESIDENTS = new Audience(Audience.RESIDENTS, "公众 residents");

    private final RegistryStore store;
    private final PersonTable table;
    private final Semaphore writing = new Semaphore(1);
    private volatile RegistryView view;
    private volatile long version;
    private PeopleIndex index;
    private volatile UndoLog.@Nullable Head undo;

    private Registry(RegistryStore store) {
        this.store = store;
        RegistryStore.Head kept = store.head();
        this.version = kept == null ? 0 : kept.version();
        Blocks.Head head = kept == null ? new Blocks.Head(1, 0, 0, 0) : Blocks.Head.of(kept.bytes());
        List<Audience> audiences = new ArrayList<>();
        this.table = new PersonTable(new Names(), new Names());
        if (kept == null) {
            audiences.addAll(FIRST_AUDIENCES);
        } else {
            store.read(RegistryStore.Kind.AUDIENCES, 1, block -> readWords(block, audiences));
        }
        audiences.forEach(audience -> table.audiences().number(audience.name()));
        Divisions divisions = readDivisions(head.divisions());
        Terminals terminals = readTerminals(head.terminals());
        this.index = readPeople(head.people(), divisions.villages());
        this.view = new RegistryView(
                head.generation(),
                divisions,
                new PeopleView(table, index, head.people()),
                terminals,
                byName(audiences));
        byte[] log = store.find(RegistryStore.Kind.UNDO, 0);
        this.undo = log == null ? null : UndoLog.Head.of(log);
    }

    /** How many numbers of people a store keeps, found out without reading them. */
    public static int peopleKept(RegistryStore store) {
        RegistryStore.Head kept = store.head();
        return kept == null ? 0 : Blocks.Head.of(kept.bytes()).people();
    }

    /** Reads what the store keeps; blocks for some seconds where that is a million people. */
    public static Registry open(RegistryStore store) {
        return new Registry(store);
    }

    /** The registry at this moment, all of it from one point in time. */
    public RegistryView view() {
        return view;
    }

    /** Grows with each change that was kept. */
    public long version() {
        return version;
    }

    /** The divisions at this moment. */
    public Divisions divisions() {
        return view.divisions();
    }

    /** The people at this moment. */
    public People people() {
        return view.people();
    }

    /** The terminals at this moment. */
    public Terminals terminals() {
        return view.terminals();
    }

    /**
     * Begins to write; whoever gets the writer closes it.
     *
     * @throws ImportInProgress while another writer is open
     */
    public RegistryWriter writer() {
        return writer(null);
    }

    /** Begins to write what can be undone. */
    RegistryWriter writer(@Nullable LastImport undoable) {
        if (!writing.tryAcquire()) {
            throw new ImportInProgress();
        }
        return new RegistryWriter(this, table, undoable == null ? null : new UndoLog(undoable, view));
    }

    /** The import that wrote last, where it can be undone; its time may be over. */
    public Optional<LastImport> lastImport() {
        UndoLog.Head head = undo;
        return head == null ? Optional.empty() : Optional.of(head.of());
    }

    /**
     * Undoes the import that wrote last: what it brought is taken out, what it changed is as before. Numbers stay
     * taken, and words that became audiences stay audiences. Blocks; what fails on the way can be done again.
     *
     * @param wanted the import that is meant, as {@link #lastImport} gave it
     * @param now for how long it can be undone
     * @throws UndoRefused where it cannot be undone; nothing was changed
     * @throws ImportInProgress while another writer is open
     */
    public UndoReport undo(LastImport wanted, Instant now, OpenWarnings warnings) {
        try (RegistryWriter writer = writer()) {
            UndoLog.Head head = undo;
            if (head == null) {
                throw new UndoRefused(UndoRefused.Why.NOTHING, List.of());
            }
            if (!head.of().equals(wanted)) {
                throw new UndoRefused(UndoRefused.Why.ANOTHER, List.of());
            }
            if (!wanted.isOpen(now)) {
                throw new UndoRefused(UndoRefused.Why.LATE, List.of());
            }
            List<byte[]> log = new ArrayList<>();
            for (int block = 1; block < head.blocks(); block++) {
                byte[] bytes = store.find(RegistryStore.Kind.UNDO, block);
                if (bytes == null) {
                    throw new UndoRefused(UndoRefused.Why.LATE, List.of());
                }
                log.add(0, bytes);
            }
            return writer.undo(head, log, warnings);
        }
    }

    UndoLog.@Nullable Head undoable() {
        return undo;
    }

    /** Keeps blocks, then shows the view that they make. */
    void commit(
            RegistryView next,
            PeopleIndex nextIndex,
            List<RegistryStore.Block> blocks,
            UndoLog.@Nullable Head nextUndo,
            Runnable beforeShowing) {
        Blocks.Head head = new Blocks.Head(
                next.generation(),
                next.people().size(),
                next.divisions().all().size(),
                next.terminals().size());
        long following = version + 1;
        store.commit(new RegistryStore.Head(following, head.bytes()), blocks);
        version = following;
        index = nextIndex;
        undo = nextUndo;
        beforeShowing.run();
        view = next;
    }

    PeopleIndex index() {
        return index;
    }

    void endWriting() {
        writing.release();
    }

    /** All audiences by name: the residents first. */
    static Map<String, Audience> byName(List<Audience> audiences) {
        Map<String, Audience> byName = new LinkedHashMap<>();
        byName.put(RESIDENTS.name(), RESIDENTS);
        audiences.forEach(audience -> byName.put(audience.name(), audience));
        return java.util.Collections.unmodifiableMap(byName);
    }

    private void readWords(byte[] block, List<Audience> audiences) {
        Blocks.Words words = Blocks.words(block);
        audiences.addAll(words.audiences());
        words.languages().forEach(table.languages()::number);
    }

    private Divisions readDivisions(int count) {
        List<Division> plain = new ArrayList<>(count);
        List<@Nullable Geometry> boundaries = new ArrayList<>(count);
        int blocks = Blocks.count(count, Blocks.OTHERS);
        store.read(RegistryStore.Kind.DIVISIONS, blocks, block -> plain.addAll(Blocks.divisions(block)));
        store.read(RegistryStore.Kind.BOUNDARIES, blocks, block -> boundaries.addAll(Blocks.boundaries(block)));
        List<Division> all = new ArrayList<>(count);
        for (int place = 0; place < plain.size(); place++) {
            all.add(plain.get(place).withBoundary(boundaries.get(place)));
        }
        return new Divisions(all);
    }

    private Terminals readTerminals(int count) {
        List<Terminal> terminals = new ArrayList<>(count);
        store.read(
                RegistryStore.Kind.TERMINALS,
                Blocks.count(count, Blocks.OTHERS),
                block -> terminals.addAll(Blocks.terminals(block, terminals.size())));
        return new Terminals(terminals);
    }

    private PeopleIndex readPeople(int count, int villages) {
        store.read(
                RegistryStore.Kind.PEOPLE,
                Blocks.count(count, Blocks.PEOPLE),
                block -> table.append(block, Math.min(Blocks.PEOPLE, count - table.size())));
        PeopleIndex.Builder builder = new PeopleIndex.Builder(
                PeopleIndex.empty(),
                villages,
                table.audiences().all().size(),
                table.audiences().number(Audience.PROBE));
        for (int number = 0; number < count; number++) {
            builder.add(number, table.row(number), table.record(number));
        }
        return builder.build(true);
    }
}
