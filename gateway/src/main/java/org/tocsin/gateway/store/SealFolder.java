package org.tocsin.gateway.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.tocsin.gateway.ledger.Seal;
import org.tocsin.gateway.ledger.Witness;

/**
 * A folder with a file for each day's seal, {@code 2026-07-20.json}, written once and never again. Blocking; one thread
 * at a time.
 */
public final class SealFolder implements Witness {
    private final String name;
    private final Path folder;
    private final boolean isOwn;

    private SealFolder(String name, Path folder, boolean isOwn) {
        this.name = name;
        this.folder = folder;
        this.isOwn = isOwn;
    }

    /** The gateway's own, which is made where it is not there. */
    public static SealFolder own(Path folder) {
        return new SealFolder("data", folder, true);
    }

    /** A witness', which must be there: one that is not is a mount that is away, and nothing belongs in its place. */
    public static SealFolder witness(Path folder) {
        return new SealFolder("folder", folder, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String target() {
        return folder.toAbsolutePath().normalize().toString();
    }

    @Override
    public String show(Seal seal) throws Failed {
        try {
            keep(seal);
            return "file " + file(seal).getFileName();
        } catch (Contradiction other) {
            throw new Failed(Failed.Kind.REFUSED, String.valueOf(other.getMessage()));
        } catch (IOException failed) {
            throw new Failed(Failed.Kind.AWAY, "the folder cannot be written: " + failed);
        }
    }

    /** There is another seal of the day. */
    public static final class Contradiction extends IOException {
        private static final long serialVersionUID = 1;

        Contradiction(String message) {
            super(message);
        }
    }

    /**
     * Writes a seal's file, where it is not there.
     *
     * @throws Contradiction where there is a file of the day that says something else; it stays as it is
     */
    public void keep(Seal seal) throws IOException {
        Path file = file(seal);
        byte[] said = (new String(seal.bytes(), java.nio.charset.StandardCharsets.UTF_8) + "\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (!Files.exists(file)) {
            if (isOwn) {
                Files.createDirectories(folder);
            }
            Path fresh = Files.createTempFile(folder, seal.day() + "-", ".new", permissions());
            try {
                Files.write(fresh, said);
                try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                    written.force(true);
                }
                Files.move(fresh, file);
            } catch (FileAlreadyExistsException another) {
                // Compared below.
            } finally {
                Files.deleteIfExists(fresh);
            }
        }
        if (Files.size(file) > Seal.LONGEST + 1 || !Arrays.equals(said, Files.readAllBytes(file))) {
            throw new Contradiction(file + " is there and is not the seal of " + seal.day() + " that the store has ("
                    + seal.hash() + "): one of both was changed");
        }
        // Also of a file that was there: who wrote it may have died before this.
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** A witness' files are for its people, who are others than the gateway's user. */
    private FileAttribute<?>[] permissions() {
        boolean hasModes = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isOwn || !hasModes
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"))
                };
    }

    /** Whether there is a file of the seal's day, whatever it says. */
    public boolean has(Seal seal) {
        return Files.exists(file(seal));
    }

    private Path file(Seal seal) {
        return folder.resolve(seal.day() + ".json");
    }
}
