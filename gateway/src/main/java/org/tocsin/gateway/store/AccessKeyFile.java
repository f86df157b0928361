package org.tocsin.gateway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.tocsin.gateway.access.SecretBox;

/** The file with the key by which second factors' secrets are encrypted: 32 bytes in base 64. Any thread. */
public final class AccessKeyFile {
    private static final int LONGEST = 200;

    private AccessKeyFile() {}

    /**
     * Reads the key of a file that must be there.
     *
     * @throws IllegalArgumentException when it is not there or holds no such key
     */
    public static byte[] read(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= LONGEST) {
                byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
                if (key.length == SecretBox.KEY_BYTES) {
                    return key;
                }
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(file + " holds no 32 bytes in base 64", unreadable);
        }
        throw new IllegalArgumentException(file + " holds no 32 bytes in base 64");
    }

    /**
     * Reads the key of a file, or makes one where there is no such file; only its owner may read it.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    public static byte[] readOrMake(Path file, SecureRandom random) {
        if (Files.exists(file)) {
            return read(file);
        }
        try {
            byte[] key = new byte[SecretBox.KEY_BYTES];
            random.nextBytes(key);
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            OwnerOnly.write(file, Base64.getEncoder().encodeToString(key) + "\n");
            return read(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
