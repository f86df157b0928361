package org.tocsin.gateway.registry;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.Ledger;

/**
 * Where people bring files: each is checked first, and what is imported then is the very file that was checked, into
 * the registry that it was checked against. One file after the other; any thread may ask. Files lie in a folder that
 * only its owner may read, for {@link #WAITS} at most, and are gone when they are imported, given up or the gateway
 * starts.
 */
public final class ImportDesk {
    /** How long a file waits for a word after it was brought. */
    public static final Duration WAITS = Duration.ofHours(1);

    /** How many files are remembered; the oldest ones go first, but never one that is being worked on. */
    public static final int MOST = 8;

    private static final Logger LOG = LoggerFactory.getLogger(ImportDesk.class);
    private static final int LONGEST_NAME = 128;

    /** No more files are taken now. */
    public static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1;

        Full() {
            super("too many files are being worked on", null, false, false);
        }
    }

    private record Held(ImportJob job, long version) {}

    private final Registry registry;
    private final Import imports;
    private final OpenWarnings warnings;
    private final Ledger ledger;
    private final Path folder;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Executor worker;
    private final Map<String, Held> jobs = new LinkedHashMap<>();

    /**
     * Opens the desk and empties its folder.
     *
     * @param random must not be guessable
     * @param worker works on one file after the other
     * @throws IOException where the folder cannot be made
     */
    public ImportDesk(
            Registry registry,
            Import imports,
            OpenWarnings warnings,
            Ledger ledger,
            Path folder,
            InstantSource clock,
            RandomGenerator random,
            Executor worker)
            throws IOException {
        this.registry = registry;
        this.imports = imports;
        this.warnings = warnings;
        this.ledger = ledger;
        this.folder = folder;
        this.clock = clock;
        this.random = random;
        this.worker = worker;
        Files.createDirectories(folder);
        restrict(folder, "rwx------");
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Takes a file and begins to check it; nothing in the registry changes.
     *
     * @param brought the file, which is moved away
     * @param name what it is called; cut to {@value #LONGEST_NAME} characters
     * @throws IllegalArgumentException where there is no such kind
     * @throws Full where {@link #MOST} files are being worked on
     */
    public ImportJob check(String kind, Path brought, String name, String actor) throws IOException {
        if (!List.of("divisions", "boundaries", "contacts", "audiences", "terminals")
                .contains(kind)) {
            throw new IllegalArgumentException("no such kind: " + kind);
        }
        byte[] id = new byte[16];
        random.nextBytes(id);
        ImportJob job = new ImportJob(
                HexFormat.of().formatHex(id),
                kind,
                name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME),
                Files.size(brought),
                "",
                actor,
                clock.instant(),
                ImportJob.Stage.CHECKING,
                0,
                0,
                null);
        synchronized (jobs) {
            expire();
            makeRoom();
        }
        // To another disk this copies, and nobody who asks how far it is shall wait for that.
        Files.move(brought, file(job.id()), StandardCopyOption.REPLACE_EXISTING);
        restrict(file(job.id()), "rw-------");
        synchronized (jobs) {
            jobs.put(job.id(), new Held(job, 0));
        }
        worker.execute(() -> work(job.id(), this::tried));
        return job;
    }

    /** A file as it stands now; empty where its time is over. */
    public Optional<ImportJob> find(String id) {
        synchronized (jobs) {
            expire();
            return Optional.ofNullable(jobs.get(id)).map(Held::job);
        }
    }

    /** The files, the latest first. */
    public List<ImportJob> all() {
        synchronized (jobs) {
            expire();
            return jobs.values().stream()
                    .map(Held::job)
                    .sorted((one, other) -> other.at().compareTo(one.at()))
                    .toList();
        }
    }

    /**
     * Begins to import a checked file. It ends as {@link ImportJob.Stage#STALE} where the registry has changed since
     * the check.
     *
     * @param sha256 the hash of the file that is meant
     * @return the file as it stands now; empty where there is none of this hash. Asked twice it is imported once.
     */
    public Optional<ImportJob> confirm(String id, String sha256, String actor) {
        ImportJob next;
        Held held;
        synchronized (jobs) {
            expire();
            held = jobs.get(id);
            if (held == null || !held.job().sha256().equals(sha256)) {
                return Optional.empty();
            }
            if (!held.job().isReady()) {
                return Optional.of(held.job());
            }
            if (held.version() != registry.version()) {
                return Optional.of(put(held.job().at(ImportJob.Stage.STALE, 0)));
            }
            next = put(held.job().at(ImportJob.Stage.IMPORTING, 0));
        }
        worker.execute(() -> work(id, job -> imported(job, held.version(), actor)));
        return Optional.of(next);
    }

    /** Gives a file up that is not being worked on; nothing of it stays. */
    public void giveUp(String id) {
        synchronized (jobs) {
            Held held = jobs.get(id);
            if (held != null && !held.job().stage().isMoving()) {
                forget(id);
                jobs.remove(id);
            }
        }
    }

    /** The import that can be undone now, whoever made it and on which way; empty where there is none. */
    public Optional<LastImport> undoable() {
        return registry.lastImport().filter(last -> last.isOpen(clock.instant()));
    }

    /**
     * Undoes the last import; it is an act of the ledger.
     *
     * @param wanted when the import that is meant began, as {@link #undoable} told
     * @throws UndoRefused where it cannot be undone
     * @throws ImportInProgress while something is written
     */
    public UndoReport undo(Instant wanted, String actor) {
        LastImport last = registry.lastImport().orElseThrow(() -> new UndoRefused(UndoRefused.Why.NOTHING, List.of()));
        if (!last.at().equals(wanted)) {
            throw new UndoRefused(UndoRefused.Why.ANOTHER, List.of());
        }
        UndoReport done = registry.undo(last, clock.instant(), warnings);
        ledger.append(new Deed(clock.instant(), actor, "registry.undo", last.kind(), ""));
        return done;
    }

    private interface Work {
        void on(ImportJob job) throws IOException;
    }

    private void work(String id, Work work) {
        ImportJob job;
        synchronized (jobs) {
            Held held = jobs.get(id);
            if (held == null) {
                return;
            }
            job = held.job();
        }
        try {
            work.on(job);
        } catch (ImportInProgress other) {
            put(job.at(ImportJob.Stage.BUSY, 0));
        } catch (Import.Changed other) {
            put(job.at(ImportJob.Stage.STALE, 0));
        } catch (IOException | RuntimeException failed) {
            LOG.warn("the import of {} failed", job.kind(), failed);
            put(job.at(ImportJob.Stage.FAILED, 0));
        }
    }

    private void tried(ImportJob job) throws IOException {
        // Read before the check: what is written meanwhile makes the check stale.
        long version = registry.version();
        String hash = hash(job);
        ImportReport report;
        try (InputStream in = open(job)) {
            report = imports.read(job.kind(), in, true, lines -> put(job.at(ImportJob.Stage.CHECKING, lines)));
        }
        ImportJob checked = job.hashed(hash).reported(ImportJob.Stage.CHECKED, report);
        synchronized (jobs) {
            jobs.put(job.id(), new Held(checked, version));
        }
    }

    private void imported(ImportJob job, long version, String actor) throws IOException {
        if (!hash(job).equals(job.sha256())) {
            throw new IOException("the file is another one than was checked");
        }
        Instant now = clock.instant();
        ImportReport report;
        try (InputStream in = open(job)) {
            report = imports.noting(now, actor, job.file())
                    .into(version)
                    .read(job.kind(), in, false, lines -> put(job.at(ImportJob.Stage.IMPORTING, lines)));
        }
        ledger.append(new Deed(now, actor, "registry.import", job.kind(), job.sha256()));
        forget(job.id());
        put(job.reported(ImportJob.Stage.DONE, report));
    }

    private String hash(ImportJob job) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(open(job), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private InputStream open(ImportJob job) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file(job.id())), 1 << 16);
    }

    private ImportJob put(ImportJob job) {
        synchronized (jobs) {
            jobs.computeIfPresent(job.id(), (id, held) -> new Held(job, held.version()));
        }
        return job;
    }

    /** Lets go of those whose time is over; the caller holds the lock. */
    private void expire() {
        Instant oldest = clock.instant().minus(WAITS);
        for (Iterator<Held> each = jobs.values().iterator(); each.hasNext(); ) {
            ImportJob job = each.next().job();
            if (!job.stage().isMoving() && job.at().isBefore(oldest)) {
                forget(job.id());
                each.remove();
            }
        }
    }

    private void makeRoom() {
        for (Iterator<Held> each = jobs.values().iterator(); jobs.size() >= MOST && each.hasNext(); ) {
            ImportJob job = each.next().job();
            if (!job.stage().isMoving()) {
                forget(job.id());
                each.remove();
            }
        }
        if (jobs.size() >= MOST) {
            throw new Full();
        }
    }

    private void forget(String id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException left) {
            LOG.warn("an import's file was left behind: {}", file(id), left);
        }
    }

    private Path file(String id) {
        return folder.resolve(id + ".file");
    }

    private static void restrict(Path path, String rights) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
