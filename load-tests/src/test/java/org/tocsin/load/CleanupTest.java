package org.tocsin.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
    void whoClosesSecondWaitsUntilAllIsClosedInTheReverseOrder() throws Exception {
        List<String> ended = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Cleanup cleanup = new Cleanup();
        cleanup.keep(() -> ended.add("folder"));
        cleanup.keep(() -> {
            closing.countDown();
            mayEnd.await();
            ended.add("slow process in it");
        });
        Thread first = new Thread(cleanup::close);
        Thread second = new Thread(cleanup::close);
        first.start();
        closing.await();
        second.start();
        awaitState(second, Thread.State.WAITING);

        assertEquals(List.of(), ended);
        mayEnd.countDown();
        second.join();
        assertEquals(List.of("slow process in it", "folder"), ended);
        first.join();
    }

    @Test
    void nothingIsStartedAfterTheEnd() {
        Cleanup cleanup = new Cleanup();
        cleanup.close();

        // It would fail otherwise: there is no such program.
        assertThrows(IllegalStateException.class, () -> cleanup.start(new ProcessBuilder("/no/such/program")));
        assertThrows(IllegalStateException.class, cleanup::folder);
    }

    @Test
    void endsAProcessWithWhatItHasStarted() throws IOException {
        ProcessHandle grandchild;
        try (Cleanup cleanup = new Cleanup()) {
            ChildProcess shell = cleanup.start(new ProcessBuilder("sh", "-c", "sleep 60 & wait"));
            while (shell.child("sleep").isEmpty()) {
                assertTrue(shell.isAlive());
            }
            grandchild = shell.child("sleep").orElseThrow();
        }
        assertFalse(grandchild.isAlive());
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            assertTrue(thread.isAlive(), "it did not wait");
            Thread.onSpinWait();
        }
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
