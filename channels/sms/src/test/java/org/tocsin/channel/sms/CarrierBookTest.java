package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.channel.Outcome;

class CarrierBookTest {
    @Test
    void hasALineForEachWholeMessageAndForEachSegmentsReport(@TempDir Path truth) throws Exception {
        List<Outcome> outcomes;
        try (OpenLink open = new OpenLink(Map.of(), Map.of(), Map.of(), truth).awaitUp()) {
            outcomes = open.send("雨".repeat(100), OpenLink.numbers(3));
            Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> open.simulator.reportsAnswered() == 6);
        }

        Map<String, Integer> events = new HashMap<>();
        Set<String> submitted = new HashSet<>();
        List<String> lines = Files.readAllLines(truth.resolve("sms-simulated-smpp.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            assertEquals("sms-test", fields[1]);
            assertTrue(OpenLink.numbers(3).contains(fields[2]), line);
            events.merge(fields[4] + " " + fields[5], 1, Integer::sum);
            if (fields[4].equals("submit")) {
                submitted.add(fields[3]);
            }
        }
        assertEquals(Map.of("submit ", 3, "answer ok", 3, "report DELIVRD", 6, "reportAnswered ok", 6), events);
        Set<String> first = new HashSet<>();
        for (Outcome outcome : outcomes) {
            first.add(((Outcome.Accepted) outcome).references().get(0));
        }
        assertEquals(first, submitted, "the book names the first segment's id");
    }

    @Test
    void aRefusalStandsInTheBookWithItsCode(@TempDir Path truth) throws Exception {
        try (OpenLink open = new OpenLink(Map.of(), Map.of(), Map.of("refused", 1.0), truth).awaitUp()) {
            open.send("雨", OpenLink.numbers(1));
        }

        List<String> lines = Files.readAllLines(truth.resolve("sms-simulated-smpp.csv"));
        assertEquals(3, lines.size(), lines.toString());
        assertTrue(lines.get(2).endsWith(",answer,0x0000000B"), lines.get(2));
    }
}
