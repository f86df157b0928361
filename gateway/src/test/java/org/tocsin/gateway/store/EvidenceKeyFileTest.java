package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceKeyFileTest {
    /** RFC 8410, section 10.3: a private key and the public key that belongs to it. */
    private static final String PRIVATE =
            """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """;

    private static final String PUBLIC = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void makesAKeyOnceThatOnlyItsOwnerMayRead() throws Exception {
        Path file = folder.resolve("data").resolve("evidence-key");

        KeyPair made = EvidenceKeyFile.readOrMake(file);
        KeyPair again = EvidenceKeyFile.readOrMake(file);

        assertEquals(made.getPublic(), again.getPublic());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void findsThePublicKeyOfAKeyThatOthersMade() throws Exception {
        Path file = Files.writeString(folder.resolve("key.pem"), PRIVATE);

        KeyPair read = EvidenceKeyFile.read(file);

        assertEquals(
                PUBLIC,
                java.util.Base64.getEncoder().encodeToString(read.getPublic().getEncoded()));
    }

    @Test
    void refusesWhatIsNoKey() throws Exception {
        Path file = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nMC4C\n-----END\n");

        assertThrows(IllegalArgumentException.class, () -> EvidenceKeyFile.read(file));
        assertThrows(IllegalArgumentException.class, () -> EvidenceKeyFile.readOrMake(file));
        assertThrows(IllegalArgumentException.class, () -> EvidenceKeyFile.read(folder.resolve("none")));
    }
}
