package org.tocsin.gateway.web;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Counters and gauges, written as Prometheus reads them. May be used by any thread. */
public final class Metrics {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final Map<String, Family> families = new ConcurrentSkipListMap<>();

    /** A figure with its labels as a gauge gives it. */
    public record Sample(Map<String, String> labels, double value) {}

    private record Family(
            String type, String help, Map<String, LongAdder> counts, List<Supplier<List<Sample>>> suppliers) {}

    /**
     * Adds one to a counter.
     *
     * @param name ends with {@code _total}
     * @param labels label names and values by turns; values from a small closed set
     */
    public void count(String name, String help, String... labels) {
        family(name, "counter", help)
                .counts()
                .computeIfAbsent(labels(labels), key -> new LongAdder())
                .increment();
    }

    /** Shows a figure without labels whenever it is asked for. */
    public void gauge(String name, String help, DoubleSupplier value) {
        family(name, "gauge", help).suppliers().add(() -> List.of(new Sample(Map.of(), value.getAsDouble())));
    }

    /** Shows figures with labels whenever they are asked for. */
    public void gauges(String name, String help, Supplier<List<Sample>> values) {
        family(name, "gauge", help).suppliers().add(values);
    }

    /** Shows counts that are kept elsewhere, with labels, whenever they are asked for. */
    public void counters(String name, String help, Supplier<List<Sample>> values) {
        family(name, "counter", help).suppliers().add(values);
    }

    /** All of it in Prometheus' text format 0.0.4. */
    public String text() {
        StringBuilder text = new StringBuilder();
        families.forEach((name, family) -> {
            text.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(family.help())
                    .append('\n');
            text.append("# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(family.type())
                    .append('\n');
            family.counts().forEach((labels, count) -> line(text, name, labels, (double) count.sum()));
            for (Supplier<List<Sample>> supplier : family.suppliers()) {
                for (Sample sample : supplier.get()) {
                    String[] pairs = sample.labels().entrySet().stream()
                            .flatMap(label -> java.util.stream.Stream.of(label.getKey(), label.getValue()))
                            .toArray(String[]::new);
                    line(text, name, labels(pairs), sample.value());
                }
            }
        });
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String labels, double value) {
        text.append(name).append(labels).append(' ');
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            text.append((long) value);
        } else {
            text.append(value);
        }
        text.append('\n');
    }

    private Family family(String name, String type, String help) {
        return families.computeIfAbsent(name, key -> {
            if (!NAME.matcher(key).matches()) {
                throw new IllegalArgumentException("a metric's name is lower case, was " + key);
            }
            return new Family(type, help, new ConcurrentHashMap<>(), new CopyOnWriteArrayList<>());
        });
    }

    private static String labels(String... pairs) {
        if (pairs.length == 0) {
            return "";
        }
        StringBuilder labels = new StringBuilder("{");
        for (int i = 0; i < pairs.length; i += 2) {
            String value =
                    pairs[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            labels.append(i == 0 ? "" : ",")
                    .append(pairs[i])
                    .append("=\"")
                    .append(value)
                    .append('"');
        }
        return labels.append('}').toString();
    }
}
