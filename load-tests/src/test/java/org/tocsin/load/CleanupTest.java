package org.tocsin.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {
    @Test
    void endsInTheReverseOrderAndOnce() {
        List<String> ended = new ArrayList<>();
        Cleanup cleanup = new Cleanup();
        cleanup.keep(() -> ended.add("first"));
        cleanup.keep(() -> {
            throw new IOException("goes on all the same");
        });
        cleanup.keep(() -> ended.add("last"));

        cleanup.close();
        cleanup.close();

        assertEquals(List.of("last", "first"), ended);
    }

    @Test
    void removesFoldersWithAllThatIsInThem() throws IOException {
        Path folder;
        try (Cleanup cleanup = new Cleanup()) {
            folder = cleanup.folder();
            Files.writeString(Files.createDirectory(folder.resolve("in")).resolve("file"), "text");
        }
        assertFalse(Files.exists(folder));
    }

    @Test
    void whatComesAfterTheEndIsEndedAtOnce() {
        List<String> ended = new ArrayList<>();
        Cleanup cleanup = new Cleanup();
        cleanup.close();

        assertThrows(IllegalStateException.class, () -> cleanup.keep(() -> ended.add("late")));
        assertEquals(List.of("late"), ended);
    }

    @Test
    void endsAProcess() throws IOException {
        Process process = new ProcessBuilder("sleep", "60").start();
        try (ChildProcess child = new ChildProcess(process)) {
            assertTrue(child.isAlive());
        }
        assertFalse(process.isAlive());
    }
}
