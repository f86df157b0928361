package org.tocsin.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CountedTest {
    @Test
    void waitsUntilAllAreCounted() throws IOException {
        AtomicLong count = new AtomicLong(7);

        Counted.await(count::incrementAndGet, 10);

        assertEquals(10, count.get());
    }

    @Test
    void receiptsThatCountForNobodyFail() {
        IOException failed = assertThrows(IOException.class, () -> Counted.await(() -> 0, 5_000, Duration.ZERO));

        assertEquals(
                "all receipts are answered, and 0 s later the gateway counts 0 as delivered, not 5000",
                failed.getMessage());
    }

    @Test
    void moreThanWereReportedFailAtOnce() {
        assertThrows(IOException.class, () -> Counted.await(() -> 11, 10));
    }
}
