package org.tocsin.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.registry.PersonTable.Staged;

/**
 * Writes to the registry. What is given is kept, and shown to readers, when {@link #flush} returns; people are also
 * kept in between, some ten thousand at a time. One thread at a time; closing it gives up what is not kept.
 */
public final class RegistryWriter implements AutoCloseable {
    /** What a row did. */
    public enum Effect {
        /** It brought something new. */
        ADDED,
        /** It changed what was known. */
        UPDATED,
        /** It said what was known. */
        UNCHANGED
    }

    private static final int NEW_PEOPLE = 1 << 15;
    private static final int CHANGED_PEOPLE = 200_000;

    private final Registry registry;
    private final PersonTable table;
    private final @Nullable UndoLog log;
    private final PersonRecord.Writer record = new PersonRecord.Writer();
    private final Map<Integer, Staged> changed = new HashMap<>();
    private final Map<String, Audience> audiences;
    private int languagesKept;
    private boolean audiencesChanged;
    private @Nullable Divisions divisions;
    private @Nullable Terminals terminals;
    private boolean peopleChanged;
    private boolean undoing;
    private boolean closed;

    RegistryWriter(Registry registry, PersonTable table, @Nullable UndoLog log) {
        this.registry = registry;
        this.table = table;
        this.log = log;
        this.audiences = new LinkedHashMap<>(registry.view().audiences());
        this.languagesKept =
                registry.people().size() == 0 ? 0 : table.languages().all().size();
    }

    /** The divisions as they will be. */
    public Divisions divisions() {
        return divisions == null ? registry.divisions() : divisions;
    }

    /** The terminals as they will be. */
    public Terminals terminals() {
        return terminals == null ? registry.terminals() : terminals;
    }

    /** The audiences as they will be, by name. */
    public Map<String, Audience> audiences() {
        return audiences;
    }

    /** Adds divisions, or replaces those of the same code; new villages get numbers in the order of their codes. */
    public void putDivisions(Collection<Division> given) {
        divisions = divisions().with(given);
    }

    /**
     * Adds terminals, or replaces those of the same code.
     *
     * @param given their numbers do not matter
     */
    public void putTerminals(Collection<Terminal> given) {
        terminals = terminals().with(given);
    }

    /**
     * Adds an audience, or gives it another title.
     *
     * @throws IllegalStateException when there are {@value Audience#MOST} others
     */
    public Effect putAudience(Audience audience) {
        Audience before = audiences.get(audience.name());
        if (audience.equals(before)) {
            return Effect.UNCHANGED;
        }
        if (!audience.name().equals(Audience.RESIDENTS)) {
            table.audiences().number(audience.name());
        }
        audiences.put(audience.name(), audience);
        audiencesChanged = true;
        return before == null ? Effect.ADDED : Effect.UPDATED;
    }

    /** The person with the key as they will be, or null. */
    public @Nullable Person person(String key) {
        int number = table.find(key);
        return number < 0 ? null : table.person(current(number));
    }

    /** Adds a person, or replaces the one of the same key. */
    public Effect putPerson(Person person) {
        for (String audience : person.audiences()) {
            if (!audiences.containsKey(audience)) {
                putAudience(new Audience(audience, audience));
            }
        }
        byte[] key = person.key().getBytes(UTF_8);
        record.write(person, table.languages(), table.audiences());
        int number = table.find(key);
        Effect effect;
        if (number < 0) {
            table.add(key, Staged.of(person.village(), person.position(), table.keep(record)));
            effect = Effect.ADDED;
        } else {
            Staged before = current(number);
            boolean sameRecord = table.sameRecord(before.record(), record);
            Staged after = Staged.of(person.village(), person.position(), before.record());
            if (sameRecord && after.equals(before)) {
                return Effect.UNCHANGED;
            }
            replace(
                    number,
                    sameRecord
                            ? after
                            : new Staged(after.village(), after.longitude(), after.latitude(), table.keep(record)));
            effect = Effect.UPDATED;
        }
        peopleChanged = true;
        if (table.size() - registry.people().size() >= NEW_PEOPLE || changed.size() >= CHANGED_PEOPLE) {
            commit(false);
        }
        return effect;
    }

    /**
     * Removes a person: their number stays as a tomb.
     *
     * @return whether there was one
     */
    public boolean removePerson(String key) {
        int number = table.find(key);
        if (number < 0) {
            return false;
        }
        bury(number);
        return true;
    }

    private void bury(int number) {
        record.writeTomb();
        Staged before = current(number);
        replace(number, new Staged(before.village(), PersonTable.UNKNOWN, PersonTable.UNKNOWN, table.keep(record)));
        peopleChanged = true;
    }

    /** Takes back what the import of this log did; see {@link Registry#undo}. */
    UndoReport undo(UndoLog.Head head, List<byte[]> blocks, OpenWarnings warnings) {
        undoing = true;
        Earlier earlier = Earlier.read(blocks, table);
        RegistryView now = registry.view();
        require(head, earlier, now, warnings);
        int removed = 0;
        for (int number = head.people(); number < now.people().size(); number++) {
            if (!now.people().isRemoved(number)) {
                bury(number);
                removed++;
                keepSome();
            }
        }
        for (Map.Entry<Integer, Staged> person : earlier.people().entrySet()) {
            replace(person.getKey(), person.getValue());
            peopleChanged = true;
            keepSome();
        }
        if (!earlier.divisions().isEmpty()
                || head.divisions() < now.divisions().all().size()) {
            removed += now.divisions().all().size() - head.divisions();
            divisions = now.divisions().first(head.divisions()).with(earlier.divisions());
        }
        List<Terminal> others = new ArrayList<>(earlier.terminals());
        now.terminals().all().stream()
                .skip(head.terminals())
                .filter(terminal -> !terminal.isRemoved())
                .map(Terminal::removed)
                .forEach(others::add);
        if (!others.isEmpty()) {
            removed += others.size() - earlier.terminals().size();
            putTerminals(others);
        }
        earlier.audiences().forEach(this::putAudience);
        flush();
        return new UndoReport(head.of().kind(), removed, earlier.size());
    }

    private static void require(UndoLog.Head head, Earlier earlier, RegistryView now, OpenWarnings warnings) {
        RoaringBitmap persons = new RoaringBitmap();
        persons.add((long) head.people(), now.people().size());
        earlier.people().keySet().forEach(persons::add);
        RoaringBitmap terminals = new RoaringBitmap();
        terminals.add((long) head.terminals(), now.terminals().size());
        for (Terminal terminal : earlier.terminals()) {
            now.terminals().find(terminal.code()).ifPresent(there -> terminals.add(there.number()));
        }
        List<String> resting = new ArrayList<>();
        if (!persons.isEmpty() || !terminals.isEmpty()) {
            resting.addAll(warnings.addressing(persons, terminals));
        }
        if (head.divisions() < now.divisions().all().size()) {
            // Their plans name villages by number.
            resting.addAll(warnings.signedSince(head.of().at()));
        }
        if (!resting.isEmpty()) {
            throw new UndoRefused(UndoRefused.Why.WARNINGS, resting);
        }
    }

    /** Keeps a part of an undo; the log stays until the last part, so that what breaks off can be done again. */
    private void keepSome() {
        if (changed.size() >= CHANGED_PEOPLE) {
            commit(false);
        }
    }

    /** Keeps all that was given, and shows it. */
    public void flush() {
        commit(true);
    }

    /** Gives up what is not kept and lets others write. May be called again. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            table.truncate(registry.people().size());
            registry.endWriting();
        }
    }

    private Staged current(int number) {
        Staged staged = changed.get(number);
        return staged == null ? table.row(number) : staged;
    }

    private void replace(int number, Staged row) {
        if (number < registry.people().size()) {
            changed.put(number, row);
        } else {
            table.set(number, row);
        }
    }

    private void commit(boolean last) {
        if (closed) {
            throw new IllegalStateException("the writer is closed");
        }
        RegistryView before = registry.view();
        List<RegistryStore.Block> blocks = new ArrayList<>();
        Divisions nextDivisions = divisions();
        Terminals nextTerminals = terminals();
        boolean newLanguages = table.languages().all().size() != languagesKept;
        if (audiencesChanged || newLanguages || before.people().size() == 0) {
            blocks.add(wordsBlock());
        }
        if (divisions != null) {
            divisionBlocks(divisions.numbered(), blocks);
        }
        if (terminals != null) {
            terminalBlocks(terminals.all(), blocks);
        }
        PeopleIndex index = registry.index();
        if (peopleChanged) {
            peopleBlocks(before.people().size(), blocks);
        }
        if (peopleChanged || last) {
            index = nextIndex(before.people().size(), nextDivisions.villages(), last);
        }
        RegistryView next = new RegistryView(
                before.generation(),
                nextDivisions,
                new PeopleView(table, index, table.size()),
                nextTerminals,
                Registry.byName(List.copyOf(audiences.values())));
        UndoLog.Head head = undoBlocks(next, last, blocks);
        registry.commit(next, index, blocks, head, () -> changed.forEach(table::set));
        changed.clear();
        languagesKept = table.languages().all().size();
        audiencesChanged = false;
        peopleChanged = false;
        divisions = null;
        terminals = null;
    }

    /**
     * Adds what undoes this commit, or takes away what undid the one before; gives the log's head as it stands then.
     */
    private UndoLog.@Nullable Head undoBlocks(RegistryView next, boolean last, List<RegistryStore.Block> blocks) {
        UndoLog.Head before = registry.undoable();
        if (log == null) {
            if (before == null || (undoing && !last)) {
                return before;
            }
            UndoLog.remove(before.blocks(), blocks);
            return null;
        }
        log.people(table, changed);
        log.audiences(audiences.values());
        log.divisions(next.divisions());
        log.terminals(next.terminals());
        List<RegistryStore.Block> added = new ArrayList<>();
        UndoLog.Head head = log.commit(next, added);
        if (before != null) {
            int kept = head == null ? 0 : head.blocks();
            List<RegistryStore.Block> old = new ArrayList<>();
            UndoLog.remove(before.blocks(), old);
            old.stream().filter(block -> block.number() >= kept).forEach(blocks::add);
        }
        blocks.addAll(added);
        return head;
    }

    private RegistryStore.Block wordsBlock() {
        List<Audience> numbered = new ArrayList<>();
        for (String name : table.audiences().all()) {
            Audience defined = audiences.get(name);
            numbered.add(defined == null ? new Audience(name, name) : defined);
        }
        return new RegistryStore.Block(
                RegistryStore.Kind.AUDIENCES,
                0,
                Blocks.words(numbered, table.languages().all()));
    }

    private static void divisionBlocks(List<Division> all, List<RegistryStore.Block> blocks) {
        for (int block = 0; block * Blocks.OTHERS < all.size(); block++) {
            List<Division> part = all.subList(block * Blocks.OTHERS, Math.min(all.size(), (block + 1) * Blocks.OTHERS));
            blocks.add(new RegistryStore.Block(RegistryStore.Kind.DIVISIONS, block, Blocks.divisions(part)));
            blocks.add(new RegistryStore.Block(RegistryStore.Kind.BOUNDARIES, block, Blocks.boundaries(part)));
        }
    }

    private static void terminalBlocks(List<Terminal> all, List<RegistryStore.Block> blocks) {
        for (int block = 0; block * Blocks.OTHERS < all.size(); block++) {
            List<Terminal> part = all.subList(block * Blocks.OTHERS, Math.min(all.size(), (block + 1) * Blocks.OTHERS));
            blocks.add(new RegistryStore.Block(RegistryStore.Kind.TERMINALS, block, Blocks.terminals(part)));
        }
    }

    private void peopleBlocks(int kept, List<RegistryStore.Block> blocks) {
        TreeSet<Integer> dirty = new TreeSet<>();
        changed.keySet().forEach(number -> dirty.add(number / Blocks.PEOPLE));
        for (int block = kept / Blocks.PEOPLE; block * Blocks.PEOPLE < table.size(); block++) {
            dirty.add(block);
        }
        List<Staged> rows = new ArrayList<>(Blocks.PEOPLE);
        for (int block : dirty) {
            rows.clear();
            int end = Math.min(table.size(), (block + 1) * Blocks.PEOPLE);
            for (int number = block * Blocks.PEOPLE; number < end; number++) {
                rows.add(current(number));
            }
            blocks.add(new RegistryStore.Block(RegistryStore.Kind.PEOPLE, block, Blocks.people(table, rows)));
        }
    }

    private PeopleIndex nextIndex(int kept, int villages, boolean last) {
        Names names = table.audiences();
        PeopleIndex.Builder builder =
                new PeopleIndex.Builder(registry.index(), villages, names.all().size(), names.number(Audience.PROBE));
        changed.forEach((number, row) -> {
            builder.remove(number, table.row(number), table.record(number));
            builder.add(number, row, table.read(row.record()));
        });
        for (int number = kept; number < table.size(); number++) {
            builder.add(number, table.row(number), table.record(number));
        }
        return builder.build(last);
    }
}
