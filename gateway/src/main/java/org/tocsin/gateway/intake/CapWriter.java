package org.tocsin.gateway.intake;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Info;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Reference;
import org.tocsin.alert.Resource;
import org.tocsin.alert.ResponseType;
import org.tocsin.alert.Scope;

/**
 * Writes alerts as CAP 1.2 XML, always the same bytes for the same alert: elements in the schema's order, no blanks
 * between them, times without fractions, UTC as -00:00.
 *
 * <p>A character that XML cannot hold becomes U+FFFD. A resource without MIME type, which CAP 1.1 and 12379 let be,
 * gets {@code application/octet-stream}; a reference that is an identifier alone is written as such.
 */
public final class CapWriter {
    private final StringBuilder out = new StringBuilder(2_048);

    private CapWriter() {}

    /** The document, to be encoded in UTF-8. */
    public static String write(Alert alert) {
        CapWriter writer = new CapWriter();
        writer.alert(alert);
        return writer.out.toString();
    }

    private void alert(Alert alert) {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"")
                .append(CapGrammar.NAMESPACE_1_2)
                .append("\">");
        text("identifier", alert.identifier());
        text("sender", alert.sender());
        time("sent", alert.sent());
        text("status", alert.status().word());
        text("msgType", alert.msgType().word());
        text("source", alert.source());
        text("scope", alert.scope().word());
        text("restriction", alert.scope() == Scope.RESTRICTED ? alert.restriction() : null);
        text("addresses", group(alert.addresses()));
        alert.codes().forEach(code -> text("code", code));
        text("note", alert.note());
        text("references", references(alert.references()));
        text("incidents", group(alert.incidents()));
        alert.infos().forEach(this::info);
        out.append("</alert>\n");
    }

    private void info(Info info) {
        out.append("<info>");
        text("language", info.language());
        for (Category category : info.categories()) {
            text("category", category.word());
        }
        text("event", info.event());
        for (ResponseType type : info.responseTypes()) {
            text("responseType", type.word());
        }
        text("urgency", info.urgency().word());
        text("severity", info.severity().word());
        text("certainty", info.certainty().word());
        text("audience", info.audience());
        named("eventCode", info.eventCodes());
        time("effective", info.effective());
        time("onset", info.onset());
        time("expires", info.expires());
        text("senderName", info.senderName());
        text("headline", info.headline());
        text("description", info.description());
        text("instruction", info.instruction());
        text("web", info.web());
        text("contact", info.contact());
        named("parameter", info.parameters());
        info.resources().forEach(this::resource);
        info.areas().forEach(this::area);
        out.append("</info>");
    }

    private void resource(Resource resource) {
        out.append("<resource>");
        text("resourceDesc", resource.resourceDesc());
        String mimeType = resource.mimeType();
        text("mimeType", mimeType == null ? "application/octet-stream" : mimeType);
        Long size = resource.size();
        text("size", size == null ? null : size.toString());
        text("uri", resource.uri());
        text("derefUri", resource.derefUri());
        text("digest", resource.digest());
        out.append("</resource>");
    }

    private void area(Area area) {
        out.append("<area>");
        text("areaDesc", area.areaDesc());
        area.polygons().forEach(polygon -> text("polygon", Shapes.write(polygon)));
        area.circles().forEach(circle -> text("circle", Shapes.write(circle)));
        named("geocode", area.geocodes());
        Double altitude = area.altitude();
        text("altitude", altitude == null ? null : Numbers.plain(altitude));
        Double ceiling = area.ceiling();
        text("ceiling", ceiling == null ? null : Numbers.plain(ceiling));
        out.append("</area>");
    }

    private void named(String name, List<NamedValue> values) {
        for (NamedValue value : values) {
            out.append('<').append(name).append('>');
            text("valueName", value.valueName());
            text("value", value.value());
            out.append("</").append(name).append('>');
        }
    }

    private void time(String name, @Nullable OffsetDateTime time) {
        text(name, time == null ? null : Syntaxes.write(time));
    }

    private void text(String name, @Nullable String text) {
        if (text != null) {
            out.append('<').append(name).append('>');
            escape(text);
            out.append("</").append(name).append('>');
        }
    }

    private void escape(String text) {
        String legal = Characters.legal(text);
        for (int i = 0; i < legal.length(); i++) {
            char c = legal.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '\r' -> out.append("&#13;");
                default -> out.append(c);
            }
        }
    }

    /** CAP's form of a list of words: blanks between, those with blanks in double quotes; null for none. */
    static @Nullable String group(List<String> words) {
        return words.isEmpty()
                ? null
                : String.join(
                        " ",
                        words.stream()
                                .map(word -> word.chars().anyMatch(Character::isWhitespace) ? '"' + word + '"' : word)
                                .toList());
    }

    /** CAP's form of references; null for none. */
    static @Nullable String references(List<Reference> references) {
        return references.isEmpty()
                ? null
                : String.join(" ", references.stream().map(CapWriter::reference).toList());
    }

    private static String reference(Reference reference) {
        OffsetDateTime sent = reference.sent();
        return reference.sender() == null || sent == null
                ? reference.identifier()
                : reference.sender() + "," + reference.identifier() + "," + Syntaxes.write(sent);
    }
}
