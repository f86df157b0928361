package org.tocsin.gateway.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.tocsin.gateway.registry.PhoneNumber;

/**
 * The simulated carriers' own books of one demo, as an auditor reads them: what each carrier saw of each address. The
 * demo compares them with the gateway's evidence; nothing of the gateway writes them.
 */
final class CarriersBooks {
    private static final Set<String> DELIVERED = Set.of("DELIVRD", "success", "delivered", "shown", "finished");
    private static final Set<String> UNDER_WAY = Set.of("accepted", "started", "ENROUTE", "ACCEPTD");

    /** Answers that ask for another try: SMPP, then what the simulators of other protocols write. */
    private static final Pattern NOT_NOW =
            Pattern.compile("0x00000058|0x00000014|throttled|Throttling|RequestLimitExceeded|LimitExceeded");

    /** What the gateway holds of one channel, by address. */
    interface Evidence {
        /** The valid addresses that were planned. */
        Stream<String> planned();

        /** Whether the gateway itself says that it was not sent: it still waited, or was stopped, when all ended. */
        boolean unsent(String address);

        /** Whether a delivery is held. */
        boolean delivered(String address);

        /** Whether a final report, good or bad, is held. */
        boolean finallyReported(String address);
    }

    private static final class Seen {
        private int submits;
        /** By the carrier's id how many complete submits no answer has refused. */
        private final Map<String, Integer> standing = new HashMap<>(2);

        private boolean refused;
        private boolean deliveredAnswered;
        private boolean finalAnswered;
        private final Map<String, String> reports = new HashMap<>(2);

        void submit(String carrierId) {
            submits++;
            standing.merge(carrierId, 1, Integer::sum);
        }

        /** An answer of an id without a complete submit is one to a segment: it says nothing of another submit. */
        void answer(String carrierId, String code) {
            if (!code.equals("ok")) {
                standing.computeIfPresent(carrierId, (id, count) -> count > 1 ? count - 1 : null);
                refused |= !NOT_NOW.matcher(code).lookingAt();
            }
        }

        /** How many complete texts the carriers have taken. */
        int taken() {
            return standing.values().stream().mapToInt(Integer::intValue).sum();
        }

        void report(String carrierId, String code) {
            reports.put(carrierId, code);
        }

        /** Some books repeat the report's code here, others say that it was answered and no more. */
        void reportAnswered(String carrierId, String answer) {
            String code = answer.equals("ok") ? reports.getOrDefault(carrierId, answer) : answer;
            deliveredAnswered |= DELIVERED.contains(code);
            finalAnswered |= !UNDER_WAY.contains(code);
        }
    }

    private final Map<String, Map<String, Seen>> byChannel = new TreeMap<>();

    /**
     * Reads all books of a folder.
     *
     * @param folder holds {@code <channel>-<provider>.csv}
     * @throws IOException when one cannot be read
     */
    static CarriersBooks read(Path folder) throws IOException {
        CarriersBooks books = new CarriersBooks();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".csv") && name.contains("-")) {
                    books.read(file, name.substring(0, name.indexOf('-')));
                }
            }
        }
        return books;
    }

    private void read(Path file, String channel) throws IOException {
        Map<String, Seen> seen = byChannel.computeIfAbsent(channel, name -> new HashMap<>());
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (CSVRecord line : format.parse(reader)) {
                Seen address = seen.computeIfAbsent(address(channel, line.get("address")), key -> new Seen());
                switch (line.get("event")) {
                    case "submit" -> address.submit(line.get("carrierId"));
                    case "answer" -> address.answer(line.get("carrierId"), line.get("code"));
                    case "report" -> address.report(line.get("carrierId"), line.get("code"));
                    case "reportAnswered" -> address.reportAnswered(line.get("carrierId"), line.get("code"));
                    default -> throw new IOException(file + ": unknown event '" + line.get("event") + "'");
                }
            }
        }
    }

    /** Carriers name the same number with and without the country's code. */
    private static String address(String channel, String named) {
        String normal = channel.equals("sms") ? PhoneNumber.normal(named) : null;
        return normal == null ? named : normal;
    }

    /** How many (address, channel) got the whole text more than once: complete submits that no answer refused. */
    long doubles() {
        return byChannel.values().stream()
                .flatMap(seen -> seen.values().stream())
                .filter(address -> address.taken() > 1)
                .count();
    }

    /** How many addresses a channel's carriers saw a complete submit to. */
    long addresses(String channel) {
        return byChannel.getOrDefault(channel, Map.of()).values().stream()
                .filter(address -> address.submits > 0)
                .count();
    }

    /** To how many addresses a channel's carriers reported a delivery and got that report answered with success. */
    long delivered(String channel) {
        return byChannel.getOrDefault(channel, Map.of()).values().stream()
                .filter(address -> address.deliveredAnswered)
                .count();
    }

    /** The channels that have a book. */
    List<String> channels() {
        return List.copyOf(byChannel.keySet());
    }

    /**
     * How much was lost on a channel: planned valid addresses of which no book shows a complete submit that was taken,
     * nor a refusal for good, and reports that a book shows as answered and the evidence lacks.
     */
    long lost(String channel, Evidence evidence) {
        Map<String, Seen> seen = byChannel.getOrDefault(channel, Map.of());
        long unseen = unseen(channel, evidence).size();
        long forgotten = seen.entrySet().stream()
                .filter(entry -> (entry.getValue().deliveredAnswered && !evidence.delivered(entry.getKey()))
                        || (entry.getValue().finalAnswered && !evidence.finallyReported(entry.getKey())))
                .count();
        return unseen + forgotten;
    }

    /**
     * How many of the planned valid addresses of a channel that no book shows as taken the gateway itself counts as
     * unsent. They are among the lost; where the wait cut a run off they are what it cut off.
     */
    long unsent(String channel, Evidence evidence) {
        return unseen(channel, evidence).stream().filter(evidence::unsent).count();
    }

    private Set<String> unseen(String channel, Evidence evidence) {
        Set<String> unseen = new HashSet<>();
        evidence.planned().forEach(unseen::add);
        byChannel.getOrDefault(channel, Map.of()).forEach((address, seen) -> {
            if (seen.taken() > 0 || seen.refused) {
                unseen.remove(address);
            }
        });
        return unseen;
    }
}
