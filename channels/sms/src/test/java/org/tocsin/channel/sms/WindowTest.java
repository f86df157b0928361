package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Status;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.ChannelContract;
import org.tocsin.channel.LinkSettings;

class WindowTest {
    private final Window window = new Window(4);
    private final Job job = Jobs.one();

    @Test
    void takesAsManyAsItsLimit() {
        for (int i = 0; i < 4; i++) {
            assertTrue(window.hasRoom());
            window.open(job, i, 0);
        }
        assertFalse(window.hasRoom());
    }

    @Test
    void anAnswerThatNeverComesHoldsUpNobodyElse() {
        int stuck = window.open(job, 99, 0);
        Set<Integer> numbers = new HashSet<>();

        for (int i = 0; i < 1_000; i++) {
            int sequence = window.open(job, i, 0);
            assertTrue(numbers.add(sequence), "a number twice");
            assertEquals(i, window.place(window.find(sequence)));
            window.close(window.find(sequence));
        }

        assertEquals(99, window.place(window.find(stuck)));
    }

    @Test
    void knowsNoNumberThatIsNotOpen() {
        int sequence = window.open(job, 0, 0);

        assertEquals(-1, window.find(0));
        assertEquals(-1, window.find(sequence + 8));
        assertEquals(-1, window.find(-1));
        window.close(window.find(sequence));
        assertEquals(-1, window.find(sequence));
    }

    @Test
    void closesWhatIsTooOld() {
        window.open(job, 1, 10);
        window.open(job, 2, 11);
        List<Integer> old = new ArrayList<>();

        window.closeBefore(11, (whose, place, sequence) -> old.add(place));

        assertEquals(List.of(1), old);
        assertEquals(1, window.open());
    }

    /** Makes jobs that nobody sends. */
    private abstract static class Jobs extends ChannelContract {
        static Job one() {
            Batch batch = new Batch(
                    "b",
                    notice(Status.ACTUAL, Map.of("text", "t")),
                    List.of(new Addressee("19900000001", false)),
                    (index, outcome) -> {});
            SmppAccount account = SmppAccount.read(
                    new LinkSettings("l", Map.of("host", "h", "port", "1", "systemId", "s", "password", "p")));
            return Job.of(batch, new SmppTemplate(account, "", ShortText.of("t", 1), Duration.ZERO), 1, new Tries());
        }
    }
}
