package org.tocsin.gateway.intake;

import static org.tocsin.gateway.intake.Complaints.show;
import static org.tocsin.gateway.intake.Grammar.Part.many;
import static org.tocsin.gateway.intake.Grammar.Part.one;
import static org.tocsin.gateway.intake.Grammar.Part.optional;
import static org.tocsin.gateway.intake.Grammar.loose;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.tocsin.alert.Polygon;
import org.tocsin.alert.Reference;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;
import org.tocsin.gateway.intake.Syntaxes.References;
import org.tocsin.gateway.validation.EventTypes;

/**
 * The {@code <alert>} of the 12379 platform, as seen in the field: no namespace, elements in any order, unknown ones
 * passed over; what it says is put into CAP's words.
 *
 * <p>Colours become severities, {@code eventType} an eventCode, a comma list of 12-digit codes geocodes, metres
 * kilometres; {@code senderCode}, {@code secClassification} and the per-channel texts of {@code code/method} stay as
 * parameters of each info, the methods' names as codes.
 */
final class Bulletins {
    /** The valueName under which a bulletin's eventType stands. */
    static final String EVENT_CODE_NAME = "eventType";
    /** The valueName under which a bulletin's codes of divisions stand, as in CMA's CAP feed. */
    static final String GEOCODE_NAME = "CPEAS Geographic Code";

    private static final String PREFIX = "12379.";
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final Pattern TIME = Pattern.compile("(" + Syntaxes.YEAR
            + "-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?");
    static final Grammar GRAMMAR = loose(
            one("identifier", Syntaxes.NAME),
            optional("sender", Syntaxes.TEXT),
            optional("senderCode", Syntaxes.TEXT),
            one("sendTime", Bulletins::time),
            one("status", CapGrammar.STATUS),
            one("msgType", CapGrammar.MSG_TYPE),
            optional("scope", CapGrammar.SCOPE),
            many("code", loose(many("method", method()))),
            optional("secClassification", Syntaxes.TEXT),
            optional("note", Syntaxes.TEXT),
            optional("references", Syntaxes.REFERENCES),
            many("info", info()));

    private final EventTypes events;

    Bulletins(EventTypes events) {
        this.events = events;
    }

    private static Grammar method() {
        return loose(
                optional("methodName", Syntaxes.TEXT),
                optional("message", Syntaxes.TEXT),
                optional("audienceGrp", Syntaxes.TEXT),
                optional("audenceprt", Syntaxes.TEXT));
    }

    private static Grammar info() {
        return loose(
                optional("language", Syntaxes.LANGUAGE_TAG),
                one("eventType", Syntaxes.WORDS),
                optional("urgency", CapGrammar.URGENCY),
                one("severity", Bulletins::colour),
                optional("certainty", CapGrammar.CERTAINTY),
                optional("effective", Bulletins::time),
                optional("onset", Bulletins::time),
                optional("expires", Bulletins::time),
                optional("senderName", Syntaxes.TEXT),
                optional("headline", Syntaxes.TEXT),
                optional("description", Syntaxes.TEXT),
                optional("instruction", Syntaxes.TEXT),
                optional("web", Syntaxes.TEXT),
                many(
                        "resource",
                        loose(
                                one("resourceDesc", Syntaxes.WORDS),
                                optional("mimeType", Syntaxes.TEXT),
                                optional("size", Syntaxes.SIZE),
                                optional("uri", Syntaxes.URI_REFERENCE),
                                optional("derefUri", Syntaxes.BASE64),
                                optional("digest", Syntaxes.TEXT))),
                many(
                        "area",
                        loose(
                                optional("areaDesc", Syntaxes.TEXT),
                                many("polygon", unlessEmpty(Shapes.POLYGON)),
                                many("circle", unlessEmpty(Shapes.CIRCLE_IN_METRES)),
                                many("geocode", Syntaxes.TEXT))));
    }

    private static Syntax unlessEmpty(Syntax syntax) {
        return (text, at, complaints) -> text.isBlank() ? null : syntax.read(text, at, complaints);
    }

    /** A bulletin's conditions between elements. */
    static void checkConditions(Element bulletin, Complaints complaints) {
        if (nameOf(bulletin) == null) {
            complaints.add(
                    bulletin.pathOf("sender"),
                    "missing",
                    "alert must have sender or senderCode, without spaces, commas, < and & (" + bulletin.place() + ")");
        }
    }

    /** The alert that a checked bulletin tells. */
    Alert alert(Element bulletin) {
        Scope scope = bulletin.optional("scope", Scope.class);
        References references = bulletin.optional("references", References.class);
        List<Element> methods = bulletin.all("code").stream()
                .flatMap(code -> code.all("method").stream())
                .toList();
        List<NamedValue> parameters = parameters(bulletin, methods);
        return new Alert(
                bulletin.required("identifier", String.class),
                Objects.requireNonNull(nameOf(bulletin)),
                bulletin.required("sendTime", OffsetDateTime.class),
                bulletin.required("status", Status.class),
                bulletin.required("msgType", MsgType.class),
                null,
                scope == null ? Scope.PUBLIC : scope,
                null,
                List.of(),
                methods.stream()
                        .flatMap(method -> method.values("methodName", String.class).stream())
                        .distinct()
                        .toList(),
                bulletin.optional("note", String.class),
                references == null ? List.<Reference>of() : references.list(),
                List.of(),
                bulletin.all("info").stream()
                        .map(info -> info(info, parameters))
                        .toList());
    }

    /** The sender's name where CAP can hold it, else its code, else null. */
    private static @Nullable String nameOf(Element bulletin) {
        String sender = bulletin.optional("sender", String.class);
        String code = bulletin.optional("senderCode", String.class);
        if (sender != null && !Alert.FORBIDDEN_IN_NAMES.matcher(sender).find()) {
            return sender;
        }
        return code != null && !Alert.FORBIDDEN_IN_NAMES.matcher(code).find() ? code : null;
    }

    private static List<NamedValue> parameters(Element bulletin, List<Element> methods) {
        List<NamedValue> parameters = new ArrayList<>();
        add(parameters, "sender", bulletin.optional("sender", String.class));
        add(parameters, "senderCode", bulletin.optional("senderCode", String.class));
        add(parameters, "secClassification", bulletin.optional("secClassification", String.class));
        for (Element method : methods) {
            String name = method.optional("methodName", String.class);
            String channel = name == null ? "" : "." + name;
            add(parameters, "message" + channel, method.optional("message", String.class));
            add(parameters, "audienceGrp" + channel, method.optional("audienceGrp", String.class));
            add(parameters, "audenceprt" + channel, method.optional("audenceprt", String.class));
        }
        return parameters;
    }

    private static void add(List<NamedValue> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(new NamedValue(PREFIX + name, value));
        }
    }

    private Info info(Element info, List<NamedValue> ofTheBulletin) {
        String code = info.required("eventType", String.class);
        String language = info.optional("language", String.class);
        Urgency urgency = info.optional("urgency", Urgency.class);
        Certainty certainty = info.optional("certainty", Certainty.class);
        String web = info.optional("web", String.class);
        boolean page = web != null && isPage(web);
        List<NamedValue> parameters = new ArrayList<>(ofTheBulletin);
        add(parameters, "web", page ? null : web);
        return new Info(
                language == null ? "zh-CN" : language,
                List.of(category(code)),
                events.name(code).orElse(code),
                List.of(),
                urgency == null ? Urgency.UNKNOWN : urgency,
                info.required("severity", Severity.class),
                certainty == null ? Certainty.UNKNOWN : certainty,
                null,
                List.of(new NamedValue(EVENT_CODE_NAME, code)),
                info.optional("effective", OffsetDateTime.class),
                info.optional("onset", OffsetDateTime.class),
                info.optional("expires", OffsetDateTime.class),
                info.optional("senderName", String.class),
                info.optional("headline", String.class),
                info.optional("description", String.class),
                info.optional("instruction", String.class),
                page ? web : null,
                null,
                parameters,
                info.all("resource").stream().map(CapAlerts::resource).toList(),
                info.all("area").stream().map(Bulletins::area).toList());
    }

    private static Area area(Element area) {
        List<String> codes = area.values("geocode", String.class).stream()
                .flatMap(list -> Arrays.stream(list.split("[,，;；\\s]+", -1)))
                .filter(code -> !code.isEmpty())
                .toList();
        String description = area.optional("areaDesc", String.class);
        return new Area(
                description == null ? codes.isEmpty() ? "-" : String.join(",", codes) : description,
                area.values("polygon", Polygon.class),
                area.values("circle", Circle.class),
                codes.stream().map(code -> new NamedValue(GEOCODE_NAME, code)).toList(),
                null,
                null);
    }

    private static boolean isPage(String web) {
        try {
            return new URI(web).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** CAP's class of an event by the class of its code (GB/T 35561's first letters). */
    static Category category(String code) {
        if (code.startsWith("11A") || code.startsWith("11B") || code.startsWith("11E")) {
            return Category.MET;
        }
        if (code.startsWith("11C") || code.startsWith("11D")) {
            return Category.GEO;
        }
        if (code.startsWith("11F")) {
            return Category.ENV;
        }
        if (code.startsWith("11G")) {
            return Category.FIRE;
        }
        if (code.startsWith("12")) {
            return Category.SAFETY;
        }
        if (code.startsWith("13")) {
            return Category.HEALTH;
        }
        return code.startsWith("14") ? Category.SECURITY : Category.OTHER;
    }

    private static @Nullable Object colour(String text, Element at, Complaints complaints) {
        String word = text.strip();
        for (Level level : Level.values()) {
            if (level.colour().equalsIgnoreCase(word)) {
                return level.severity();
            }
        }
        if (word.equalsIgnoreCase("Unknown")) {
            return Severity.UNKNOWN;
        }
        complaints.add(at, "word", "severity must be one of Red, Orange, Yellow, Blue, Unknown, was " + show(text));
        return null;
    }

    private static @Nullable Object time(String text, Element at, Complaints complaints) {
        String time = text.strip();
        if (time.isEmpty() && !at.name().equals("sendTime")) {
            return null;
        }
        Matcher form = TIME.matcher(time);
        if (form.matches()) {
            try {
                LocalDateTime local = LocalDateTime.parse(form.group(1) + "T" + form.group(2));
                String offset = form.group(3);
                return OffsetDateTime.of(local, offset == null ? BEIJING : ZoneOffset.of(offset));
            } catch (DateTimeException e) {
                // told below, with the place
            }
        }
        complaints.add(
                at,
                "date-time",
                at.name() + " must be a time of the form 2026-07-20 08:00:00+08:00 or without offset, was "
                        + show(time));
        return null;
    }
}
