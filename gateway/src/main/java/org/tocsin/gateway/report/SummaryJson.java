package org.tocsin.gateway.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.tocsin.gateway.coverage.Curve;
import org.tocsin.gateway.coverage.CurvePoint;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.report.IssueSummary.Township;
import org.tocsin.gateway.report.IssueSummary.Village;

/**
 * Writes and reads {@link IssueSummary}: an object of its components by name with {@code "version": 1}, rows of
 * townships, villages, hours and the course as arrays of their components in order. Unknown fields are passed over, so
 * that an older gateway reads what a newer one of the same version has added. What is added must have a default here,
 * so that the newer one reads what was kept before: a test holds the first file of version 1 against it.
 */
public final class SummaryJson {
    /** The most bytes of a summary: it stays in Redis when all else of a sealed issue has left. */
    public static final int MOST_BYTES = 100_000;

    private static final int VERSION = 1;
    private static final TypeReference<List<Village>> VILLAGES = new TypeReference<>() {};

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(new SimpleModule()
                    .addSerializer(double.class, new ShortDouble())
                    .addSerializer(Double.class, new ShortDouble())
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new Parsed<>(Instant.class, Instant::parse))
                    .addDeserializer(LocalDate.class, new Parsed<>(LocalDate.class, LocalDate::parse)))
            .addMixIn(Figures.class, Row.class)
            .addMixIn(CurvePoint.class, Row.class)
            .addMixIn(Curve.Hour.class, Row.class)
            .addMixIn(Township.class, Row.class)
            .addMixIn(Village.class, Row.class)
            .build();

    private SummaryJson() {}

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    private interface Row {}

    /** What was kept is damaged, or of a version that this gateway does not know. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Writes a summary, with all its villages, however long that gets; see {@link #fitted}. */
    public static byte[] write(IssueSummary summary) {
        ObjectNode json = MAPPER.createObjectNode().put("version", VERSION);
        json.setAll(MAPPER.<ObjectNode>valueToTree(summary));
        return bytes(json);
    }

    /**
     * Reads a summary.
     *
     * @throws Unreadable when it is damaged or of an unknown version
     */
    public static IssueSummary read(byte[] json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            int version = tree.path("version").asInt();
            if (version != VERSION) {
                throw new Unreadable("a summary of version " + version + ", known is " + VERSION, new IOException());
            }
            if (tree.path("unreached") instanceof ObjectNode unreached && !unreached.has("unlocated")) {
                // Of before these were told.
                unreached.put("unlocated", 0).put("surplus", 0);
            }
            if (tree.path("about") instanceof ObjectNode about) {
                if (!about.has("senderName")) {
                    about.put("senderName", "");
                }
                if (!about.has("asksAnswer")) {
                    about.put("asksAnswer", false);
                }
            }
            return MAPPER.treeToValue(tree, IssueSummary.class);
        } catch (IOException | IllegalArgumentException | DateTimeException damaged) {
            throw new Unreadable("a summary is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** Writes villages' rows alone. */
    public static byte[] writeVillages(List<Village> villages) {
        return bytes(villages);
    }

    /**
     * Reads villages' rows.
     *
     * @throws Unreadable when they are damaged
     */
    public static List<Village> readVillages(byte[] json) {
        try {
            return MAPPER.readValue(json, VILLAGES);
        } catch (IOException damaged) {
            throw new Unreadable("a summary's villages are damaged: " + damaged.getMessage(), damaged);
        }
    }

    /**
     * The summary as it fits into {@link #MOST_BYTES}: of too many villages those stay that have the most persons to
     * go, and where not even one fits, of the townships likewise. Some 1,500 villages fit.
     *
     * @throws IllegalArgumentException when it is too long even without these
     */
    public static IssueSummary fitted(IssueSummary summary) {
        if (fits(summary)) {
            return summary;
        }
        IssueSummary fewer = fitted(
                summary.villages(),
                Village::figures,
                rows -> summary.withVillages(
                        rows, summary.villagesLeftOut() + summary.villages().size() - rows.size()));
        if (!fits(fewer)) {
            IssueSummary none = fewer;
            fewer = fitted(
                    none.townships(),
                    Township::figures,
                    rows -> none.withTownships(
                            rows, none.townshipsLeftOut() + none.townships().size() - rows.size()));
        }
        if (!fits(fewer)) {
            throw new IllegalArgumentException("a summary holds at most " + MOST_BYTES
                    + " bytes, without villages and townships it has " + write(fewer).length);
        }
        return fewer;
    }

    /** With as many of the rows as fit, those with the most persons to go, in their order. */
    private static <T> IssueSummary fitted(
            List<T> rows, Function<T, Figures> figures, Function<List<T>, IssueSummary> with) {
        List<T> byGap = rows.stream()
                .sorted(Comparator.comparingDouble(row -> -gap(figures.apply(row))))
                .toList();
        int fits = 0;
        int tooMany = byGap.size();
        while (tooMany - fits > 1) {
            int tried = (fits + tooMany) / 2;
            if (fits(with.apply(first(rows, byGap, tried)))) {
                fits = tried;
            } else {
                tooMany = tried;
            }
        }
        return with.apply(first(rows, byGap, fits));
    }

    private static <T> List<T> first(List<T> rows, List<T> byGap, int count) {
        Set<T> kept = new HashSet<>(byGap.subList(0, count));
        return rows.stream().filter(kept::contains).toList();
    }

    private static boolean fits(IssueSummary summary) {
        return write(summary).length <= MOST_BYTES;
    }

    private static double gap(Figures figures) {
        return figures.residents() - figures.lower();
    }

    private static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whole numbers without a fraction: most figures are, and a summary has thousands. */
    private static final class ShortDouble extends StdScalarSerializer<Double> {
        private static final long serialVersionUID = 1;

        ShortDouble() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            long whole = (long) value.doubleValue();
            if (whole == value && Math.abs(whole) < 1L << 53) {
                out.writeNumber(whole);
            } else {
                out.writeNumber(value);
            }
        }
    }

    private static final class Parsed<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Function<String, T> parser;

        Parsed(Class<T> type, Function<String, T> parser) {
            super(type);
            this.parser = parser;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return parser.apply(text);
        }
    }
}
