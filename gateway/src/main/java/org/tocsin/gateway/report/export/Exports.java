package org.tocsin.gateway.report.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files made in the background, one after the other where the executor has one thread, and kept for who asked.
 *
 * <p>The records lie in a folder of this node: another node does not know them. What a gateway that ended had not made
 * is lost, and says so. May be used by any thread.
 */
public final class Exports {
    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
    /** A record is not written for less progress than this. */
    private static final double STEP = 0.01;

    private final JobFiles files;
    private final ExportLimits limits;
    private final InstantSource clock;
    private final Random random;
    private final Executor worker;
    private final Consumer<ExportJob> made;
    private final Map<String, ExportJob> jobs = new LinkedHashMap<>();

    /** There are too many already: the answer is 429. */
    public static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMany(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Takes a folder over.
     *
     * @param folder its own; made where it is not there
     * @param limits how much it may hold
     * @param clock the time
     * @param random for ids that nobody can guess
     * @param worker makes the files
     * @param made is told of each file before it is shown as done; the job fails where it fails
     * @throws UncheckedIOException when the folder cannot be used
     */
    public Exports(
            Path folder,
            ExportLimits limits,
            InstantSource clock,
            Random random,
            Executor worker,
            Consumer<ExportJob> made) {
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.worker = worker;
        this.made = made;
        try {
            this.files = new JobFiles(folder);
            for (ExportJob job : files.jobs().stream()
                    .sorted(Comparator.comparing(ExportJob::created))
                    .toList()) {
                files.removePart(job);
                if (job.state().isOver()) {
                    jobs.put(job.id(), job);
                } else {
                    ExportJob lost = job.without(
                            ExportJob.State.LOST, clock.instant(), "the gateway ended before it was made; ask again");
                    files.keep(lost);
                    jobs.put(lost.id(), lost);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        sweep();
    }

    /**
     * Takes an order.
     *
     * @param owner who asks
     * @param order what is asked for, by parameter
     * @param fileName what the file is called
     * @param mediaType its media type
     * @param work makes it
     * @throws TooMany when there are too many already, of this owner or in all
     */
    public ExportJob submit(String owner, Map<String, String> order, String fileName, String mediaType, Work work) {
        ExportJob job;
        synchronized (this) {
            sweep();
            long own = jobs.values().stream()
                    .filter(one -> one.owner().equals(owner))
                    .count();
            if (own >= limits.keptOfOne() || jobs.size() >= limits.kept()) {
                throw new TooMany(
                        own >= limits.keptOfOne()
                                ? "you have " + own
                                        + " reports already: delete one, or wait until the oldest is removed"
                                : "too many reports are kept: try again later");
            }
            byte[] id = new byte[16];
            random.nextBytes(id);
            job = new ExportJob(
                    HexFormat.of().formatHex(id),
                    owner,
                    order,
                    fileName,
                    mediaType,
                    ExportJob.State.WAITING,
                    0,
                    clock.instant(),
                    null,
                    0,
                    "",
                    "");
            keep(job);
            jobs.put(job.id(), job);
        }
        worker.execute(() -> run(job.id(), work));
        return job;
    }

    /** An owner's jobs, the latest first. */
    public synchronized List<ExportJob> list(String owner) {
        sweep();
        return jobs.values().stream()
                .filter(job -> job.owner().equals(owner))
                .sorted(Comparator.comparing(ExportJob::created).reversed())
                .toList();
    }

    /** A job of an owner; empty where there is none, or it is another's. */
    public synchronized Optional<ExportJob> find(String owner, String id) {
        sweep();
        return Optional.ofNullable(jobs.get(id)).filter(job -> job.owner().equals(owner));
    }

    /** The file of a job that is done. */
    public synchronized Optional<Path> file(String owner, String id) {
        return find(owner, id)
                .filter(job -> job.state() == ExportJob.State.DONE)
                .map(files::file);
    }

    /** Removes a job and its file, and ends its work; false where there is none. */
    public synchronized boolean delete(String owner, String id) {
        Optional<ExportJob> job = find(owner, id);
        job.ifPresent(this::forget);
        return job.isPresent();
    }

    private void run(String id, Work work) {
        ExportJob job = move(id, known -> known.running(0));
        if (job == null) {
            return;
        }
        try {
            MeteredFile out = new MeteredFile(new BufferedOutputStream(files.open(job)), limits.fileBytes());
            try (out) {
                work.write(out, done -> progress(id, done));
            }
            ExportJob done = job.done(clock.instant(), out.length(), out.sha256());
            made.accept(done);
            finish(done);
        } catch (CancellationException unwanted) {
            files.removePart(job);
        } catch (Work.Refusal refused) {
            fail(job, refused.why());
        } catch (IOException | RuntimeException failed) {
            LOG.warn("export {} failed", id, failed);
            fail(job, "the report could not be made; the log of the gateway says why");
        } catch (OutOfMemoryError end) {
            fail(job, "the gateway's memory ended");
            throw end;
        }
    }

    private synchronized void finish(ExportJob done) throws IOException {
        if (!jobs.containsKey(done.id())) {
            files.removePart(done);
            return;
        }
        files.finish(done);
        keep(done);
        jobs.put(done.id(), done);
    }

    private synchronized void fail(ExportJob job, String why) {
        files.removePart(job);
        move(job.id(), known -> known.without(ExportJob.State.FAILED, clock.instant(), why));
    }

    private synchronized void progress(String id, double done) {
        ExportJob known = jobs.get(id);
        if (known == null || Thread.currentThread().isInterrupted()) {
            throw new CancellationException();
        }
        double now = Math.max(known.progress(), Math.min(1, done));
        if (now - known.progress() >= STEP) {
            // In memory alone: what is not over at a restart is lost, whatever its progress.
            jobs.put(id, known.running(now));
        }
    }

    private synchronized @Nullable ExportJob move(String id, java.util.function.UnaryOperator<ExportJob> change) {
        ExportJob known = jobs.get(id);
        if (known == null) {
            return null;
        }
        ExportJob changed = change.apply(known);
        keep(changed);
        jobs.put(id, changed);
        return changed;
    }

    private void keep(ExportJob job) {
        try {
            files.keep(job);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Removes what is too old; each call here does so too. */
    public synchronized void sweep() {
        Instant oldest = clock.instant().minus(limits.age());
        List.copyOf(jobs.values()).stream()
                .filter(job -> job.created().isBefore(oldest))
                .forEach(this::forget);
    }

    private void forget(ExportJob job) {
        jobs.remove(job.id());
        files.remove(job);
    }
}
