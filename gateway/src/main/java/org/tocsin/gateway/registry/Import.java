package org.tocsin.gateway.registry;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;

/**
 * Imports files into the registry. Good lines are kept, each bad line is reported with number, field and reason; what
 * the report says is accepted is kept when it is there. One import at a time; any thread.
 *
 * <p>Each method takes the file, whether to try only ({@code dryRun}: nothing changes), and who hears of the progress,
 * in lines. It throws {@link ImportInProgress} while another import runs, and {@link IOException} when the file cannot
 * be read: people imported until then are kept, so that a repetition finds them unchanged.
 */
public final class Import {
    /** The header of divisions. A parent may be unknown for a county, city or province; else it must be known. */
    public static final List<String> DIVISIONS =
            List.of("code", "name", "parent", "residents", "residentsSource", "residentsDate");

    /**
     * The header of contacts. A line with a known person key updates the person: an empty field keeps what is known, a
     * lone {@code -} clears it. Audiences are words with commas, semicolons, bars or spaces between; a word that is not
     * known becomes a new audience.
     */
    public static final List<String> CONTACTS = List.of(
            "personKey",
            "name",
            "division",
            "phone",
            "openid",
            "appToken",
            "email",
            "language",
            "longitude",
            "latitude",
            "audiences");

    /** The header of audiences: the word that warnings and contacts say, and what people read. */
    public static final List<String> AUDIENCES = List.of("name", "title");

    /** The header of terminals. Empty sharedLevels mean all four, empty sharedHours always. */
    public static final List<String> TERMINALS = List.of(
            "code", "kind", "division", "longitude", "latitude", "owner", "serves", "sharedLevels", "sharedHours");

    private static final long ANY = -1;

    private final Registry registry;
    private final ImportLimits limits;
    private final Supplier<Predicate<String>> erased;
    private final @Nullable LastImport noted;
    private final long wanted;

    /** The registry was changed since the moment that an import was meant for; nothing was imported. */
    static final class Changed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Changed() {
            super("the registry was changed", null, false, false);
        }
    }

    /**
     * Imports into the registry.
     *
     * @param erased gives, for each import of contacts anew, who by their person key asked to be erased: they are
     *     refused
     */
    public Import(Registry registry, ImportLimits limits, Supplier<Predicate<String>> erased) {
        this(registry, limits, erased, null, ANY);
    }

    private Import(
            Registry registry,
            ImportLimits limits,
            Supplier<Predicate<String>> erased,
            @Nullable LastImport noted,
            long wanted) {
        this.registry = registry;
        this.limits = limits;
        this.erased = erased;
        this.noted = noted;
        this.wanted = wanted;
    }

    /**
     * The same import, of which is kept what undoes it ({@link Registry#undo}).
     *
     * @param actor the id of who imports
     * @param file the file's name; empty where there is none
     */
    public Import noting(Instant at, String actor, String file) {
        return new Import(registry, limits, erased, new LastImport("", at, actor, file, 0, 0), wanted);
    }

    /** The same import, into the registry of this {@link Registry#version} alone: else {@link Changed} is thrown. */
    Import into(long version) {
        return new Import(registry, limits, erased, noted, version);
    }

    /**
     * Imports a file of any kind.
     *
     * @throws IllegalArgumentException where there is no such kind
     */
    public ImportReport read(String kind, InputStream file, boolean dryRun, LongConsumer progress) throws IOException {
        return switch (kind) {
            case "divisions" -> divisions(file, dryRun, progress);
            case "boundaries" -> boundaries(file, dryRun, progress);
            case "contacts" -> contacts(file, dryRun, progress);
            case "audiences" -> audiences(file, dryRun, progress);
            case "terminals" -> terminals(file, dryRun, progress);
            default -> throw new IllegalArgumentException("no such kind: " + kind);
        };
    }

    private RegistryWriter writer(String kind, boolean dryRun) {
        RegistryWriter writer = registry.writer(
                noted == null || dryRun ? null : new LastImport(kind, noted.at(), noted.actor(), noted.file(), 0, 0));
        if (wanted != ANY && registry.version() != wanted) {
            writer.close();
            throw new Changed();
        }
        return writer;
    }

    /** Imports divisions; lines may stand in any order. */
    public ImportReport divisions(InputStream csv, boolean dryRun, LongConsumer progress) throws IOException {
        Tally tally = new Tally("divisions", dryRun, limits.problems());
        try (RegistryWriter writer = writer("divisions", dryRun)) {
            Map<String, DivisionLine> given = new HashMap<>();
            Set<String> refused = new HashSet<>();
            new CsvFile(DIVISIONS, limits, tally, progress).read(csv, row -> {
                DivisionLine line = DivisionLine.read(row);
                if (line != null && given.putIfAbsent(line.division().code(), line) != null) {
                    row.problem("code", line.division().code(), "stands in the file twice");
                }
                if (row.isBad()) {
                    tally.refuse();
                    if (line == null) {
                        refused.add(row.said("code"));
                    }
                }
            });
            writer.putDivisions(DivisionLine.accepted(given.values(), refused, writer.divisions(), tally));
            keep(writer, dryRun);
        }
        return tally.report();
    }

    /** Imports boundaries of known divisions: a GeoJSON FeatureCollection (RFC 7946) with the property {@code code}. */
    public ImportReport boundaries(InputStream geoJson, boolean dryRun, LongConsumer progress) throws IOException {
        Tally tally = new Tally("boundaries", dryRun, limits.problems());
        try (RegistryWriter writer = writer("boundaries", dryRun)) {
            Map<String, Division> changed = new HashMap<>();
            Set<String> seen = new HashSet<>();
            new BoundaryFile(limits, tally, progress).read(geoJson, (feature, code, boundary) -> {
                Division division = writer.divisions().find(code).orElse(null);
                if (division == null) {
                    tally.problem(feature, "code", code, "no division of this code is known");
                    tally.refuse();
                } else if (!seen.add(code)) {
                    tally.problem(feature, "code", code, "stands in the file twice");
                    tally.refuse();
                } else if (division.boundary() != null && division.boundary().equalsExact(boundary)) {
                    tally.accept(RegistryWriter.Effect.UNCHANGED);
                } else {
                    changed.put(code, division.withBoundary(boundary));
                    tally.accept(
                            division.boundary() == null ? RegistryWriter.Effect.ADDED : RegistryWriter.Effect.UPDATED);
                }
            });
            writer.putDivisions(changed.values());
            keep(writer, dryRun);
        }
        return tally.report();
    }

    /** Imports audiences. */
    public ImportReport audiences(InputStream csv, boolean dryRun, LongConsumer progress) throws IOException {
        Tally tally = new Tally("audiences", dryRun, limits.problems());
        try (RegistryWriter writer = writer("audiences", dryRun)) {
            Map<String, Audience> known = new HashMap<>(writer.audiences());
            new CsvFile(AUDIENCES, limits, tally, progress).read(csv, row -> {
                String name = row.required("name", 64);
                String title = row.required("title", 128);
                if (!row.isBad() && !Audience.isName(name)) {
                    row.problem("name", name, "must be a letter, then letters, digits and underscores");
                } else if (!known.containsKey(name) && known.size() >= Audience.MOST) {
                    row.problem("name", name, "there are " + Audience.MOST + " audiences already");
                }
                if (row.isBad()) {
                    tally.refuse();
                    return;
                }
                Audience audience = new Audience(name, title);
                Audience before = known.put(name, audience);
                tally.accept(effect(before, audience));
                if (!dryRun) {
                    writer.putAudience(audience);
                }
            });
            keep(writer, dryRun);
        }
        return tally.report();
    }

    /** Imports terminals. */
    public ImportReport terminals(InputStream csv, boolean dryRun, LongConsumer progress) throws IOException {
        Tally tally = new Tally("terminals", dryRun, limits.problems());
        try (RegistryWriter writer = writer("terminals", dryRun)) {
            Map<String, Terminal> given = new java.util.LinkedHashMap<>();
            new CsvFile(TERMINALS, limits, tally, progress).read(csv, row -> {
                Terminal terminal = terminal(row, writer.divisions());
                if (terminal != null && given.putIfAbsent(terminal.code(), terminal) != null) {
                    row.problem("code", terminal.code(), "stands in the file twice");
                }
                if (terminal == null || row.isBad()) {
                    tally.refuse();
                    return;
                }
                Terminal before = writer.terminals().find(terminal.code()).orElse(null);
                tally.accept(effect(before == null ? null : before.withNumber(0), terminal));
            });
            writer.putTerminals(new ArrayList<>(given.values()));
            keep(writer, dryRun);
        }
        return tally.report();
    }

    /** Imports contacts; those of one person key are one person. A dry run counts a new person once a line. */
    public ImportReport contacts(InputStream csv, boolean dryRun, LongConsumer progress) throws IOException {
        Tally tally = new Tally("contacts", dryRun, limits.problems());
        try (RegistryWriter writer = writer("contacts", dryRun)) {
            ContactLines lines = new ContactLines(writer, erased.get());
            new CsvFile(CONTACTS, limits, tally, progress).read(csv, row -> {
                Person person = lines.read(row);
                if (person == null) {
                    tally.refuse();
                } else if (dryRun) {
                    tally.accept(effect(writer.person(person.key()), person));
                } else {
                    tally.accept(writer.putPerson(person));
                }
            });
            keep(writer, dryRun);
        }
        return tally.report();
    }

    private static void keep(RegistryWriter writer, boolean dryRun) {
        if (!dryRun) {
            writer.flush();
        }
    }

    private static RegistryWriter.Effect effect(@Nullable Object before, Object after) {
        if (before == null) {
            return RegistryWriter.Effect.ADDED;
        }
        return before.equals(after) ? RegistryWriter.Effect.UNCHANGED : RegistryWriter.Effect.UPDATED;
    }

    private static @Nullable Terminal terminal(Row row, Divisions divisions) {
        String code = row.required("code", 64);
        if (!code.isEmpty() && !code.matches("[A-Za-z0-9._:-]+")) {
            row.problem("code", code, "may hold only letters, digits and . _ : -");
        }
        String kind = row.required("kind", 32);
        if (!kind.isEmpty() && !kind.matches("[a-z][a-z0-9-]*")) {
            row.problem("kind", kind, "must be a word in small letters, as loudspeaker or screen");
        }
        int village = village(row, divisions);
        var position = row.position();
        String owner = row.required("owner", 128);
        int serves = row.count("serves");
        Set<String> words = row.words("sharedLevels");
        Set<Level> levels = levels(row, words);
        String hours = row.text("sharedHours", 32);
        SharedHours sharedHours =
                hours.isEmpty() ? null : SharedHours.parse(hours).orElse(null);
        if (!hours.isEmpty() && sharedHours == null) {
            row.problem("sharedHours", hours, "must be like 06:00-22:00");
        }
        if (row.isBad()) {
            return null;
        }
        return new Terminal(
                0, code, kind, village, position, owner, serves, levels, sharedHours, words.contains("probe"));
    }

    private static Set<Level> levels(Row row, Set<String> words) {
        if (words.isEmpty()) {
            return EnumSet.allOf(Level.class);
        }
        Set<Level> levels = EnumSet.noneOf(Level.class);
        for (String word : words) {
            switch (word) {
                case "I" -> levels.add(Level.I);
                case "II" -> levels.add(Level.II);
                case "III" -> levels.add(Level.III);
                case "IV" -> levels.add(Level.IV);
                case "probe" -> {}
                default -> row.problem("sharedLevels", word, "must be of I, II, III, IV and probe");
            }
        }
        return levels;
    }

    /** The number of the village in the field division, or -1 after a problem. */
    static int village(Row row, Divisions divisions) {
        String code = row.required("division", 64);
        int village = divisions.villageNumber(code);
        if (village < 0 && !code.isEmpty()) {
            row.problem(
                    "division",
                    code,
                    divisions.find(code).isPresent()
                            ? "is no village; people and terminals belong to villages"
                            : "no division of this code is known");
        }
        return village;
    }
}
