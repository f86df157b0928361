package org.tocsin.gateway.intake;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Circle;
import org.tocsin.alert.Info;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Polygon;
import org.tocsin.alert.Reference;
import org.tocsin.alert.Resource;
import org.tocsin.alert.ResponseType;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;
import org.tocsin.gateway.intake.Syntaxes.Group;
import org.tocsin.gateway.intake.Syntaxes.References;

/** Makes alerts of checked elements, and holds those of CAP's rules that join several elements. */
final class CapAlerts {
    private CapAlerts() {}

    /** CAP's conditions between elements (section 3.2). */
    static void checkConditions(Element alert, Complaints complaints) {
        Scope scope = alert.optional("scope", Scope.class);
        if (scope == Scope.RESTRICTED && alert.optional("restriction", String.class) == null) {
            complaints.add(
                    alert.pathOf("restriction"),
                    "missing",
                    "scope Restricted demands a restriction (CAP 3.2.1) (" + alert.place() + ")");
        }
        Element restriction = alert.find("restriction");
        if (scope != null && scope != Scope.RESTRICTED && restriction != null) {
            complaints.add(
                    restriction,
                    "restriction-unneeded",
                    "restriction belongs to scope Restricted alone (CAP 3.2.1), scope is " + scope.word());
        }
        if (scope == Scope.PRIVATE && alert.optional("addresses", Group.class) == null) {
            complaints.add(
                    alert.pathOf("addresses"),
                    "missing",
                    "scope Private demands addresses (CAP 3.2.1) (" + alert.place() + ")");
        }
        for (Element info : alert.all("info")) {
            for (Element area : info.all("area")) {
                Element ceiling = area.find("ceiling");
                if (ceiling != null && area.find("altitude") == null) {
                    complaints.add(
                            ceiling,
                            "ceiling-without-altitude",
                            "ceiling may only stand together with altitude (CAP 3.2.4)");
                }
            }
        }
    }

    /** The alert that a checked element tells. */
    static Alert alert(Element alert) {
        return new Alert(
                alert.required("identifier", String.class),
                alert.required("sender", String.class),
                alert.required("sent", OffsetDateTime.class),
                alert.required("status", Status.class),
                alert.required("msgType", MsgType.class),
                alert.optional("source", String.class),
                alert.required("scope", Scope.class),
                alert.optional("restriction", String.class),
                words(alert.optional("addresses", Group.class)),
                alert.values("code", String.class),
                alert.optional("note", String.class),
                references(alert),
                words(alert.optional("incidents", Group.class)),
                alert.all("info").stream().map(CapAlerts::info).toList());
    }

    private static List<String> words(@Nullable Group group) {
        return group == null ? List.of() : group.words();
    }

    private static List<Reference> references(Element alert) {
        References references = alert.optional("references", References.class);
        return references == null ? List.of() : references.list();
    }

    private static Info info(Element info) {
        String language = info.optional("language", String.class);
        return new Info(
                language == null ? Info.DEFAULT_LANGUAGE : language,
                info.values("category", Category.class),
                info.required("event", String.class),
                info.values("responseType", ResponseType.class),
                info.required("urgency", Urgency.class),
                info.required("severity", Severity.class),
                info.required("certainty", Certainty.class),
                info.optional("audience", String.class),
                namedValues(info, "eventCode"),
                info.optional("effective", OffsetDateTime.class),
                info.optional("onset", OffsetDateTime.class),
                info.optional("expires", OffsetDateTime.class),
                info.optional("senderName", String.class),
                info.optional("headline", String.class),
                info.optional("description", String.class),
                info.optional("instruction", String.class),
                info.optional("web", String.class),
                info.optional("contact", String.class),
                namedValues(info, "parameter"),
                info.all("resource").stream().map(CapAlerts::resource).toList(),
                info.all("area").stream().map(CapAlerts::area).toList());
    }

    private static List<NamedValue> namedValues(Element parent, String name) {
        List<NamedValue> values = new ArrayList<>();
        for (Element pair : parent.all(name)) {
            values.add(new NamedValue(pair.required("valueName", String.class), pair.required("value", String.class)));
        }
        return values;
    }

    static Resource resource(Element resource) {
        return new Resource(
                resource.required("resourceDesc", String.class),
                resource.optional("mimeType", String.class),
                resource.optional("size", Long.class),
                resource.optional("uri", String.class),
                resource.optional("derefUri", String.class),
                resource.optional("digest", String.class));
    }

    private static Area area(Element area) {
        return new Area(
                area.required("areaDesc", String.class),
                area.values("polygon", Polygon.class),
                area.values("circle", Circle.class),
                namedValues(area, "geocode"),
                area.optional("altitude", Double.class),
                area.optional("ceiling", Double.class));
    }
}
