package org.tocsin.gateway.intake;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Circle;
import org.tocsin.alert.Info;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Polygon;
import org.tocsin.alert.Position;
import org.tocsin.alert.Reference;
import org.tocsin.alert.Resource;
import org.tocsin.alert.ResponseType;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;

/** All alerts that CAP can say. */
final class Alerts {
    private Alerts() {}

    static Arbitrary<Alert> any() {
        Arbitrary<Scope> scopes = Arbitraries.of(Scope.class);
        return Combinators.combine(
                        name(),
                        name(),
                        time(),
                        Arbitraries.of(Status.class),
                        Arbitraries.of(MsgType.class),
                        scopes,
                        Combinators.combine(words(), word().list().ofMinSize(1).ofMaxSize(3))
                                .as(Closed::new),
                        Combinators.combine(
                                        words().list().ofMaxSize(3),
                                        word().list().ofMaxSize(3),
                                        reference().list().ofMaxSize(3),
                                        words().injectNull(0.3))
                                .as(Extras::new))
                .flatAs((identifier, sender, sent, status, msgType, scope, closed, extras) -> info().list()
                        .ofMaxSize(3)
                        .map(infos -> new Alert(
                                identifier,
                                sender,
                                sent,
                                status,
                                msgType,
                                extras.note(),
                                scope,
                                scope == Scope.RESTRICTED ? closed.restriction() : null,
                                scope == Scope.PRIVATE ? closed.addresses() : List.of(),
                                extras.codes(),
                                extras.note(),
                                extras.references(),
                                extras.incidents(),
                                infos)));
    }

    private record Closed(String restriction, List<String> addresses) {}

    private record Extras(
            List<String> codes,
            List<String> incidents,
            List<Reference> references,
            @org.jspecify.annotations.Nullable String note) {}

    private record Times(
            @org.jspecify.annotations.Nullable OffsetDateTime effective,
            @org.jspecify.annotations.Nullable OffsetDateTime onset,
            @org.jspecify.annotations.Nullable OffsetDateTime expires) {}

    private record Grades(Urgency urgency, Severity severity, Certainty certainty) {}

    private static Arbitrary<Info> info() {
        return Combinators.combine(
                        Arbitraries.of("zh-CN", "en-US", "ug", "en-US-x1"),
                        Arbitraries.of(Category.class).list().ofMinSize(1).ofMaxSize(3),
                        words(),
                        Arbitraries.of(ResponseType.class).list().ofMaxSize(3),
                        Combinators.combine(
                                        Arbitraries.of(Urgency.class),
                                        Arbitraries.of(Severity.class),
                                        Arbitraries.of(Certainty.class))
                                .as(Grades::new),
                        Combinators.combine(time().injectNull(0.3), time().injectNull(0.3), time().injectNull(0.3))
                                .as(Times::new),
                        words().injectNull(0.3).list().ofSize(6),
                        Combinators.combine(
                                        named().list().ofMaxSize(2),
                                        named().list().ofMaxSize(2),
                                        resource().list().ofMaxSize(2),
                                        area().list().ofMaxSize(3))
                                .as(Parts::new))
                .as((language, categories, event, responses, grades, times, texts, parts) -> new Info(
                        language,
                        categories,
                        event,
                        responses,
                        grades.urgency(),
                        grades.severity(),
                        grades.certainty(),
                        texts.get(0),
                        parts.codes(),
                        times.effective(),
                        times.onset(),
                        times.expires(),
                        texts.get(1),
                        texts.get(2),
                        texts.get(3),
                        texts.get(4),
                        texts.get(5) == null ? null : "http://example.cn/预警?a=1&b=2",
                        texts.get(5),
                        parts.parameters(),
                        parts.resources(),
                        parts.areas()));
    }

    private record Parts(
            List<NamedValue> codes, List<NamedValue> parameters, List<Resource> resources, List<Area> areas) {}

    private static Arbitrary<Resource> resource() {
        return Combinators.combine(
                        words(),
                        words(),
                        Arbitraries.longs().between(0, 999_999_999_999_999_999L).injectNull(0.3),
                        Arbitraries.of("a.png", "http://example.cn/a", "../b").injectNull(0.3),
                        Arbitraries.of("iVBORw==", "QQ==").injectNull(0.3),
                        words().injectNull(0.3))
                .as(Resource::new);
    }

    private static Arbitrary<Area> area() {
        return Combinators.combine(
                        words(),
                        polygon().list().ofMaxSize(2),
                        Combinators.combine(
                                        position(),
                                        Arbitraries.doubles().between(0, 20_000).ofScale(9))
                                .as(Circle::new)
                                .list()
                                .ofMaxSize(2),
                        named().list().ofMaxSize(3),
                        height().injectNull(0.5),
                        height().injectNull(0.5))
                .as((words, polygons, circles, geocodes, altitude, ceiling) ->
                        new Area(words, polygons, circles, geocodes, altitude, altitude == null ? null : ceiling));
    }

    private static Arbitrary<Double> height() {
        return Arbitraries.doubles().between(-1_000, 100_000).ofScale(6).map(height -> height + 0.0);
    }

    private static Arbitrary<Polygon> polygon() {
        return position().list().ofMinSize(3).ofMaxSize(6).map(positions -> {
            List<Position> ring = new ArrayList<>(positions);
            ring.add(positions.get(0));
            return new Polygon(ring);
        });
    }

    private static Arbitrary<Position> position() {
        return Combinators.combine(
                        Arbitraries.doubles().between(-90, 90).ofScale(12),
                        Arbitraries.doubles().between(-180, 180).ofScale(12))
                .as((latitude, longitude) -> new Position(latitude + 0.0, longitude + 0.0));
    }

    private static Arbitrary<NamedValue> named() {
        return Combinators.combine(words(), words()).as(NamedValue::new);
    }

    private static Arbitrary<Reference> reference() {
        Arbitrary<Reference> whole = Combinators.combine(name(), name(), time()).as(Reference::new);
        return Arbitraries.oneOf(whole, name().map(name -> new Reference(null, name, null)));
    }

    private static Arbitrary<OffsetDateTime> time() {
        return Combinators.combine(
                        Arbitraries.longs().between(-2_000_000_000L, 250_000_000_000L),
                        Arbitraries.integers().between(-14 * 60, 14 * 60))
                .as((seconds, minutes) -> OffsetDateTime.ofInstant(
                        java.time.Instant.ofEpochSecond(seconds), ZoneOffset.ofTotalSeconds(minutes * 60)));
    }

    /** An identifier or sender. */
    private static Arbitrary<String> name() {
        return Arbitraries.strings()
                .withChars("abcXYZ019_.:@-预警\"'>;#")
                .ofMinLength(1)
                .ofMaxLength(20);
    }

    /** A word of a group: no double quote, which CAP has no way to write. */
    private static Arbitrary<String> word() {
        return Arbitraries.strings().withChars("abc 019,<&>'预警").ofMinLength(1).ofMaxLength(12);
    }

    /** Text as it stands once stripped: anything that XML can hold. */
    private static Arbitrary<String> words() {
        return Arbitraries.strings()
                .withChars("ab ,;<>&\"'\r\n\t]预警。\uE000\uFFFD\u00A0\u0085\u2028")
                .withCharRange('\u4E00', '\u9FFF')
                .ofMinLength(1)
                .ofMaxLength(30)
                .withLengthDistribution(RandomDistribution.uniform())
                .map(text -> text + (text.length() % 5 == 0 ? "😀]]>" : ""))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
