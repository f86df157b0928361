package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LinkThreadTest {
    private final List<String> defects = new ArrayList<>();
    private final LinkThread thread =
            new LinkThread("sms-1", Runnable::run, defect -> defects.add(String.valueOf(defect.getMessage())));

    @Test
    void aDefectInWhatFollowsAStageIsHeard() {
        thread.after(CompletableFuture.completedFuture("kept"), (value, failure) -> {
            throw new IllegalStateException("after " + value);
        });
        thread.after(CompletableFuture.failedFuture(new IllegalStateException("away")), (value, failure) -> {
            throw new IllegalStateException("after " + failure);
        });

        assertEquals(List.of("after kept", "after java.lang.IllegalStateException: away"), defects);
    }

    @Test
    void theEndOfMemoryReachesTheThreadsOwnHandler() {
        assertThrows(
                OutOfMemoryError.class,
                () -> thread.execute(() -> {
                    throw new OutOfMemoryError("tried");
                }));
        assertEquals(List.of(), defects);
    }
}
