package org.tocsin.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final Schedule steady = new Schedule(List.of(new Schedule.Step(0, 100)));
    private final Schedule broken = new Schedule(List.of(
            new Schedule.Step(0, 100), new Schedule.Step(1, 50), new Schedule.Step(2, 0), new Schedule.Step(4, 100)));

    @Test
    void sumsWhatALinkCanTake() {
        assertEquals(250, steady.between(1, 3.5), 1e-9);
        assertEquals(50 + 50 + 100, broken.between(0.5, 5), 1e-9);
        assertEquals(0, broken.between(2.5, 3.5), 1e-9);
    }

    @Test
    void findsWhenSeveralHaveTakenEnough() {
        assertEquals(3, Schedule.reached(List.of(steady), 300), 1e-6);
        // 200 + 150 after 2 s, then the steady one alone, until the broken one is back after 4 s.
        assertEquals(3.5, Schedule.reached(List.of(steady, broken), 500), 1e-6);
        assertEquals(4.5, Schedule.reached(List.of(steady, broken), 650), 1e-6);
    }
}
