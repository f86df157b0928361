package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.dispatch.Seals;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;

/**
 * The archive of sealed issues: for each two files that are written once, its evidence pack and what the links knew of
 * each addressee, and in Redis the mark {@code {tocsin}:issue:<id>:sealed} with their names, the pack's hash and the
 * coverage. The files stand on the disk before the mark does, and the ledger has the pack's hash. Blocking; may be used
 * by any thread.
 *
 * <p>Several gateways share an archive by sharing its folder; else each has the issues that it sealed.
 */
public final class Archive implements Seals {
    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
    private static final LedgerScript SEAL = LedgerScript.of("issue-seal");
    private static final LedgerScript UNNAME = LedgerScript.of("issue-unname");
    private static final String HELD = "{tocsin}:archive:held";
    private static final String EVIDENCE = ".evidence";
    private static final String PACK = ".pack";
    private static final Duration LONGEST_DRAFT = Duration.ofDays(1);
    private static final String REMOVED = "removed";

    private final Redis redis;
    private final RedisLedger ledger;
    private final Path folder;

    /**
     * A sealed issue.
     *
     * @param at when it was sealed
     * @param pack the pack's file, in the archive's folder
     * @param sha256 the pack's, in lower-case hexadecimal
     * @param coverage the final coverage in the contract's JSON, UTF-8
     */
    public record Sealed(Instant at, Path pack, String sha256, byte[] coverage) {}

    /** A sealed issue of which it is still kept who was addressed. */
    public record Held(String issue, Instant sealed) {}

    /** What is to be sealed: an issue, its pack's hash, its evidence as bytes and its coverage. */
    public record Draft(String issue, String sha256, byte[] evidence, byte[] coverage) {}

    /** Makes the folder at first need, for its owner alone. */
    public Archive(Redis redis, RedisLedger ledger, Path folder) {
        this.redis = redis;
        this.ledger = ledger;
        this.folder = folder;
    }

    /**
     * A new, empty file in the folder that is to become an issue's pack; of no other gateway that shares the folder.
     */
    public Path draft(String issue) throws IOException {
        OwnerOnly.folder(folder);
        return Files.createTempFile(folder, issue + "-", ".draft");
    }

    /**
     * Seals an issue: takes its files into the archive, then marks it and writes the ledger in one step.
     *
     * @param draft what
     * @param pack the pack, in the archive's folder; is taken away
     * @param at when
     * @return whether it was not sealed before
     * @throws IOException when a file cannot be written; nothing is sealed then
     */
    public boolean seal(Draft draft, Path pack, Instant at) throws IOException {
        String stem = draft.issue() + "-" + draft.sha256().substring(0, 16);
        Path evidence = folder.resolve(stem + EVIDENCE);
        Path part = folder.resolve(stem + ".part");
        Path kept = folder.resolve(stem + PACK);
        try {
            Files.write(part, draft.evidence());
            place(part, evidence);
            place(pack, kept);
            sync(folder);
        } catch (IOException failed) {
            // Each try has a name of its own: on a full disk they would heap up.
            for (Path file : List.of(part, evidence, kept)) {
                Files.deleteIfExists(file);
            }
            throw failed;
        }
        List<byte[]> fields = new ArrayList<>();
        fields.add(draft.issue().getBytes(UTF_8));
        fields.add(Long.toString(at.toEpochMilli()).getBytes(UTF_8));
        Map.of("at", Long.toString(at.toEpochMilli()), "stem", stem, "sha256", draft.sha256())
                .forEach((name, value) -> {
                    fields.add(name.getBytes(UTF_8));
                    fields.add(value.getBytes(UTF_8));
                });
        fields.add("coverage".getBytes(UTF_8));
        fields.add(draft.coverage());
        LedgerChain.Committed done = ledger.commit(
                SEAL,
                List.of(new Deed(at, Deed.GATEWAY, "evidence.seal", draft.issue(), draft.sha256())),
                List.of(key(draft.issue()), "{tocsin}:issue:" + draft.issue() + ":notices", "{tocsin}:gates", HELD),
                fields);
        if (!done.isDone()) {
            // Another gateway was first, with a pack of its own.
            if (!stem.equals(text(redis.connection().sync().hget(key(draft.issue()), "stem")))) {
                Files.deleteIfExists(evidence);
                Files.deleteIfExists(kept);
            }
            return false;
        }
        return true;
    }

    /** A sealed issue; empty for one that is not. */
    public Optional<Sealed> find(String issue) {
        Map<String, byte[]> kept = redis.connection().sync().hgetall(key(issue));
        byte[] at = kept.get("at");
        byte[] coverage = kept.get("coverage");
        if (at == null || coverage == null) {
            return Optional.empty();
        }
        return Optional.of(new Sealed(
                Instant.ofEpochMilli(Long.parseLong(text(at))),
                folder.resolve(text(kept.get("stem")) + PACK),
                text(kept.get("sha256")),
                coverage));
    }

    @Override
    public Set<String> sealed(Set<String> issues) {
        Set<String> sealed = new HashSet<>();
        for (String issue : issues) {
            if (redis.connection().sync().exists(key(issue)) > 0) {
                sealed.add(issue);
            }
        }
        return sealed;
    }

    @Override
    public Optional<byte[]> evidence(String issue) {
        byte[] stem = redis.connection().sync().hget(key(issue), "stem");
        if (stem == null) {
            return Optional.empty();
        }
        Path file = folder.resolve(text(stem) + EVIDENCE);
        try {
            if (!Files.exists(file)) {
                LOG.warn("the archive has no {}: another gateway sealed it, or it was removed", file);
                return Optional.empty();
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether an issue is sealed. */
    public boolean isSealed(String issue) {
        return redis.connection().sync().exists(key(issue)) > 0;
    }

    /** Whether who was addressed by a sealed issue is not kept any more. */
    public boolean isRemoved(String issue) {
        return redis.connection().sync().hexists(key(issue), REMOVED);
    }

    /**
     * The issues of which it is still kept who was addressed, the longest sealed first.
     *
     * @param before sealed at this time or earlier
     * @param from how many of them are passed over
     * @param limit at most so many
     */
    public List<Held> held(Instant before, int from, int limit) {
        return held(Range.create(0, before.toEpochMilli()), Limit.create(from, limit));
    }

    /** The next one after a time. */
    public Optional<Held> heldNext(Instant after) {
        return held(
                        Range.from(Range.Boundary.excluding(after.toEpochMilli()), Range.Boundary.unbounded()),
                        Limit.from(1))
                .stream()
                .findFirst();
    }

    /** How many there are. */
    public long heldCount() {
        return redis.connection().sync().zcard(HELD);
    }

    private List<Held> held(Range<? extends Number> sealed, Limit limit) {
        return redis.connection().sync().zrangebyscoreWithScores(HELD, sealed, limit).stream()
                .map(issue -> new Held(text(issue.getValue()), Instant.ofEpochMilli((long) issue.getScore())))
                .toList();
    }

    /**
     * Lets go of who was addressed by a sealed issue: its plan, at once and with an entry in the ledger, and its file
     * at the next {@link #sweep}. Pack, coverage and the mark stay.
     *
     * @param said what is removed, as counts; the ledger has its hash
     * @return whether it was kept until now
     */
    public boolean removePersons(String issue, byte[] said, Instant at) {
        return ledger.commit(
                        UNNAME,
                        List.of(new Deed(at, Deed.GATEWAY, "retention.remove", issue, ContentHash.of(said))),
                        List.of(key(issue), "{tocsin}:issue:" + issue + ":plan", HELD),
                        List.of(issue.getBytes(UTF_8), said))
                .isDone();
    }

    /**
     * Deletes the files of this archive's folder that nobody may have or needs: those that tell of issues whose persons
     * are not kept any more, those of tries to seal an issue that another try has sealed, and what was begun more than
     * a day ago and never ended. Of an issue that is not sealed nothing else goes: perhaps the store is the wrong one.
     * Again after a crash it goes on where it was.
     *
     * @param now the time
     * @return how many it deleted
     */
    public int sweep(Instant now) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        List<Path> begun = list("*.{part,draft}");
        List<Path> tries = list("*.{part,evidence}");
        // One pack of an issue is the right one; only where there are more the store is asked which.
        list("*" + PACK).stream().collect(Collectors.groupingBy(Archive::issue)).values().stream()
                .filter(packs -> packs.size() > 1)
                .forEach(tries::addAll);
        int deleted = 0;
        for (Path file : begun) {
            if (isOld(file, now) && Files.deleteIfExists(file)) {
                deleted++;
            }
        }
        for (Path file : tries) {
            if (isNeedless(file) && Files.deleteIfExists(file)) {
                deleted++;
            }
        }
        if (deleted > 0) {
            sync(folder);
        }
        return deleted;
    }

    private List<Path> list(String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            files.forEach(found::add);
        }
        return found;
    }

    private static boolean isOld(Path file, Instant now) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(LONGEST_DRAFT));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private boolean isNeedless(Path file) {
        String name = name(file);
        String issue = issue(file);
        byte[] stem = redis.connection().sync().hget(key(issue), "stem");
        return stem != null && (!name.startsWith(text(stem) + ".") || (!name.endsWith(PACK) && isRemoved(issue)));
    }

    private static String issue(Path file) {
        String name = name(file);
        return name.substring(0, Math.max(0, name.lastIndexOf('-')));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void place(Path from, Path to) throws IOException {
        try (FileChannel written = FileChannel.open(from, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    private static String key(String issue) {
        return "{tocsin}:issue:" + issue + ":sealed";
    }
}
