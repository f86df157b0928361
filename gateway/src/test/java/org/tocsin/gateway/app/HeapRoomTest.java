package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HeapRoomTest {
    private static final int PEOPLE = 1_200_000;

    @Test
    void aHeapThatCannotHoldTheRegistryIsRefusedWithWhatToStartItWith() {
        HeapRoom.TooSmall refused =
                assertThrows(HeapRoom.TooSmall.class, () -> HeapRoom.require(PEOPLE, HeapRoom.toStart(PEOPLE) - 1));

        String said = String.valueOf(refused.getMessage());
        assertTrue(said.contains(PEOPLE + " people"), said);
        assertTrue(said.contains("-Xmx" + ((HeapRoom.toWarnAll(PEOPLE) >> 20) + 1) + "m"), said);
    }

    @Test
    void aHeapInWhichAWarningToAllWouldNotFitIsToldLoudlyAndTaken() {
        List<ILoggingEvent> told = toldBy(() -> HeapRoom.require(PEOPLE, HeapRoom.toWarnAll(PEOPLE) - 1));

        assertEquals(1, told.size());
        assertTrue(told.get(0).getFormattedMessage().contains("a warning to all may end the gateway"));
    }

    @Test
    void ofAHeapWithRoomNothingIsSaid() {
        assertEquals(List.of(), toldBy(() -> HeapRoom.require(PEOPLE, HeapRoom.toWarnAll(PEOPLE))));
        assertDoesNotThrow(() -> HeapRoom.require(0, HeapRoom.toWarnAll(0)));
    }

    private static List<ILoggingEvent> toldBy(Runnable look) {
        Logger log = (Logger) LoggerFactory.getLogger(HeapRoom.class);
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        log.addAppender(heard);
        try {
            look.run();
        } finally {
            log.detachAppender(heard);
        }
        return heard.list;
    }
}
