package org.tocsin.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Info;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Resource;
import org.tocsin.alert.Scope;

/**
 * Writes alerts as JSON in the shape that the intake reads: CAP's element names, repeated elements as arrays, values as
 * CAP's strings; what is not said is left out.
 *
 * <p>A character that XML cannot hold becomes U+FFFD.
 */
public final class AlertJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AlertJson() {}

    /** The alert as a JSON object, new with each call. */
    public static ObjectNode write(Alert alert) {
        ObjectNode json = NODES.objectNode();
        put(json, "identifier", alert.identifier());
        put(json, "sender", alert.sender());
        put(json, "sent", alert.sent());
        put(json, "status", alert.status().word());
        put(json, "msgType", alert.msgType().word());
        put(json, "source", alert.source());
        put(json, "scope", alert.scope().word());
        put(json, "restriction", alert.scope() == Scope.RESTRICTED ? alert.restriction() : null);
        put(json, "addresses", CapWriter.group(alert.addresses()));
        put(json, "code", alert.codes());
        put(json, "note", alert.note());
        put(json, "references", CapWriter.references(alert.references()));
        put(json, "incidents", CapWriter.group(alert.incidents()));
        putAll(json, "info", alert.infos().stream().map(AlertJson::info).toList());
        return json;
    }

    private static ObjectNode info(Info info) {
        ObjectNode json = NODES.objectNode();
        put(json, "language", info.language());
        put(
                json,
                "category",
                info.categories().stream().map(category -> category.word()).toList());
        put(json, "event", info.event());
        put(
                json,
                "responseType",
                info.responseTypes().stream().map(type -> type.word()).toList());
        put(json, "urgency", info.urgency().word());
        put(json, "severity", info.severity().word());
        put(json, "certainty", info.certainty().word());
        put(json, "audience", info.audience());
        putNamed(json, "eventCode", info.eventCodes());
        put(json, "effective", info.effective());
        put(json, "onset", info.onset());
        put(json, "expires", info.expires());
        put(json, "senderName", info.senderName());
        put(json, "headline", info.headline());
        put(json, "description", info.description());
        put(json, "instruction", info.instruction());
        put(json, "web", info.web());
        put(json, "contact", info.contact());
        putNamed(json, "parameter", info.parameters());
        putAll(
                json,
                "resource",
                info.resources().stream().map(AlertJson::resource).toList());
        putAll(json, "area", info.areas().stream().map(AlertJson::area).toList());
        return json;
    }

    private static ObjectNode resource(Resource resource) {
        ObjectNode json = NODES.objectNode();
        put(json, "resourceDesc", resource.resourceDesc());
        String mimeType = resource.mimeType();
        put(json, "mimeType", mimeType == null ? "application/octet-stream" : mimeType);
        Long size = resource.size();
        put(json, "size", size == null ? null : size.toString());
        put(json, "uri", resource.uri());
        put(json, "derefUri", resource.derefUri());
        put(json, "digest", resource.digest());
        return json;
    }

    private static ObjectNode area(Area area) {
        ObjectNode json = NODES.objectNode();
        put(json, "areaDesc", area.areaDesc());
        put(json, "polygon", area.polygons().stream().map(Shapes::write).toList());
        put(json, "circle", area.circles().stream().map(Shapes::write).toList());
        putNamed(json, "geocode", area.geocodes());
        Double altitude = area.altitude();
        put(json, "altitude", altitude == null ? null : Numbers.plain(altitude));
        Double ceiling = area.ceiling();
        put(json, "ceiling", ceiling == null ? null : Numbers.plain(ceiling));
        return json;
    }

    private static void putNamed(ObjectNode json, String name, List<NamedValue> values) {
        putAll(
                json,
                name,
                values.stream()
                        .map(value -> {
                            ObjectNode pair = NODES.objectNode();
                            put(pair, "valueName", value.valueName());
                            put(pair, "value", value.value());
                            return pair;
                        })
                        .toList());
    }

    private static void put(ObjectNode json, String name, @Nullable OffsetDateTime time) {
        put(json, name, time == null ? null : Syntaxes.write(time));
    }

    private static void put(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, Characters.legal(text));
        }
    }

    private static void put(ObjectNode json, String name, List<String> texts) {
        putAll(
                json,
                name,
                texts.stream()
                        .map(text -> NODES.textNode(Characters.legal(text)))
                        .toList());
    }

    private static void putAll(ObjectNode json, String name, List<? extends JsonNode> items) {
        if (!items.isEmpty()) {
            ArrayNode array = json.putArray(name);
            items.forEach(array::add);
        }
    }
}
