package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.report.TimelineMemory.Marks;

@ExtendWith(RedisExtension.class)
class RedisTimelineMemoryTest {
    private static final Instant AT = Instant.parse("2026-07-21T00:30:10.250Z");

    @Test
    void keepsTheFirstTimeOfEachMark(Redis redis) {
        RedisTimelineMemory memory = new RedisTimelineMemory(redis);
        assertEquals(Marks.NONE, memory.recall("w1"));

        memory.keep("w1", new Marks(AT, null, null, null));
        memory.keep("w1", new Marks(AT.plusSeconds(9), AT.plusSeconds(3), null, AT.plusSeconds(4)));
        memory.keep("w1", new Marks(null, null, null, AT.plusSeconds(5)));

        assertEquals(new Marks(AT, AT.plusSeconds(3), null, AT.plusSeconds(4)), memory.recall("w1"));
        assertEquals(Marks.NONE, memory.recall("w2"));
    }
}
