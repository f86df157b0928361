package org.tocsin.gateway.approval;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Circle;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Position;
import org.tocsin.alert.Reference;
import org.tocsin.alert.ResponseType;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;

/** Makes alerts for tests: a rainstorm in a county, with what a test wants otherwise. */
public record Sample(
        String identifier,
        MsgType msgType,
        Level level,
        String event,
        String geocode,
        boolean drawn,
        @Nullable OffsetDateTime expires,
        List<Reference> references,
        boolean wordless,
        String headline) {
    /** When all sample alerts were sent. */
    public static final OffsetDateTime SENT = OffsetDateTime.parse("2026-07-20T08:00:00+08:00");

    private static final String HEADLINE = "夏邑县气象台发布暴雨红色预警";

    /** A red rainstorm warning for the county 411426, without expiry. */
    public static Sample alert(String identifier) {
        return new Sample(
                identifier, MsgType.ALERT, Level.I, "11B03", "411426000000", false, null, List.of(), false, HEADLINE);
    }

    /** An Update or Cancel that references only an identifier. */
    public static Sample following(MsgType msgType, String identifier, String reference) {
        return new Sample(
                identifier,
                msgType,
                Level.I,
                "11B03",
                "411426000000",
                false,
                null,
                List.of(new Reference(null, reference, null)),
                false,
                HEADLINE);
    }

    public Sample level(Level other) {
        return new Sample(identifier, msgType, other, event, geocode, drawn, expires, references, wordless, headline);
    }

    public Sample event(String other) {
        return new Sample(identifier, msgType, level, other, geocode, drawn, expires, references, wordless, headline);
    }

    public Sample geocode(String other) {
        return new Sample(identifier, msgType, level, event, other, drawn, expires, references, wordless, headline);
    }

    public Sample headline(String other) {
        return new Sample(identifier, msgType, level, event, geocode, drawn, expires, references, wordless, other);
    }

    public Sample withCircle() {
        return new Sample(identifier, msgType, level, event, geocode, true, expires, references, wordless, headline);
    }

    public Sample expires(OffsetDateTime at) {
        return new Sample(identifier, msgType, level, event, geocode, drawn, at, references, wordless, headline);
    }

    public Sample withoutInfos() {
        return new Sample(identifier, msgType, level, event, geocode, drawn, expires, references, true, headline);
    }

    /** The alert, an actual one. */
    public Alert build() {
        return build(Status.ACTUAL);
    }

    private Alert build(Status status) {
        List<Circle> circles = drawn ? List.of(new Circle(new Position(34.2, 116.1), 5)) : List.of();
        Area area = new Area(
                "夏邑县", List.of(), circles, List.of(new NamedValue("CPEAS Geographic Code", geocode)), null, null);
        Info info = new Info(
                "zh-CN",
                List.of(Category.MET),
                "暴雨",
                List.of(ResponseType.PREPARE),
                Urgency.IMMEDIATE,
                level.severity(),
                Certainty.OBSERVED,
                null,
                List.of(new NamedValue("eventType", event)),
                null,
                null,
                expires,
                "夏邑县气象台",
                headline,
                "预计未来3小时降雨量将达100毫米以上。",
                "请立即转移到安全地带。",
                null,
                null,
                List.of(),
                List.of(),
                List.of(area));
        return new Alert(
                identifier,
                "411426@xiayi",
                SENT,
                status,
                msgType,
                null,
                Scope.PUBLIC,
                null,
                List.of(),
                List.of(),
                null,
                references,
                List.of(),
                wordless ? List.of() : List.of(info));
    }

    /** It as a returned warning, in a version, named as its alert is. */
    public Warning returned(long version) {
        Posting posting = posting();
        return new Warning(
                identifier,
                identifier,
                null,
                "short",
                posting.alert(),
                posting.source(),
                posting.mediaType(),
                "hash",
                WarningState.RETURNED,
                level,
                version,
                List.of(),
                List.of(),
                List.of("wang"),
                List.of(),
                posting.signatureUnverified(),
                posting.audience(),
                posting.channels(),
                null,
                SENT.toInstant(),
                SENT.toInstant(),
                null,
                null);
    }

    /** The alert as intake hands it in. */
    public Posting posting() {
        return posting(Status.ACTUAL);
    }

    /** The alert with a status, as intake hands it in. */
    public Posting posting(Status status) {
        return new Posting(
                build(status),
                (status + toString()).getBytes(UTF_8),
                "application/cap+xml",
                false,
                "residents",
                Set.of("sms"),
                null);
    }
}
