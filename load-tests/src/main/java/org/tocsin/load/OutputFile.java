package org.tocsin.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is written whole or not at all: what was there before stays until the new one is complete.
 *
 * @param path the file itself, where the caller named a link to it
 */
record OutputFile(Path path) {
    /**
     * Looks whether it can be written.
     *
     * @throws IOException when not, with the reason in words
     */
    static OutputFile at(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("there is no folder to write " + file + " into");
        }
        if (!Files.exists(file)) {
            if (!Files.isWritable(folder)) {
                throw new IOException("nothing may be written into " + folder);
            }
            return new OutputFile(file.toAbsolutePath());
        }
        Path real = file.toRealPath();
        if (!Files.isRegularFile(real) || !Files.isWritable(real)) {
            throw new IOException(file + " cannot be written");
        }
        if (!Files.isWritable(aside(real).toAbsolutePath().getParent())) {
            throw new IOException("nothing may be written into the folder of " + real);
        }
        return new OutputFile(real);
    }

    private static Path aside(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /** Writes it aside and renames it. */
    void write(String text) throws IOException {
        Path aside = aside(path);
        try {
            Files.writeString(aside, text);
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
