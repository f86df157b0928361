package org.tocsin.gateway.intake;

import static org.tocsin.gateway.intake.Complaints.show;

import java.nio.CharBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.gateway.validation.EventTypes;
import org.tocsin.gateway.validation.Problem;

/**
 * Reads alerts: CAP 1.2 and 1.1 XML, CAP's elements as JSON, 12379 XML; strictly, and everything wrong at once.
 *
 * <p>Pure and never throws for anything that stands in a message. For any number of threads.
 */
public final class AlertReader {
    private final XmlTree xml = new XmlTree();
    private final JsonTree json = new JsonTree();
    private final Bulletins bulletins;

    /**
     * Makes a reader.
     *
     * @param events gives the names of events that 12379's alerts name by code alone
     */
    public AlertReader(EventTypes events) {
        this.bulletins = new Bulletins(events);
    }

    /**
     * Reads a message.
     *
     * @param mediaType as the Content-Type header has it, parameters and all; null where there is none
     * @param body the message; at most what the caller lets in, held in memory several times over
     */
    public Reading read(@Nullable String mediaType, byte[] body) {
        MediaType type = mediaType == null ? null : MediaType.parse(mediaType);
        if (type == null || !(type.isXml() || type.isJson())) {
            return new Reading.Faulty(
                    415,
                    List.of(new Problem(
                            "",
                            "media-type",
                            "the media type must be application/cap+xml, application/xml, text/xml or application/json,"
                                    + " was " + (mediaType == null ? "none" : show(mediaType)))));
        }
        try {
            return type.isJson() ? readJson(body) : readXml(SourceText.ofXml(body, type.charset()));
        } catch (Unreadable e) {
            return new Reading.Faulty(e.status(), e.problems());
        }
    }

    private Reading readJson(byte[] body) throws Unreadable {
        Complaints complaints = new Complaints();
        Element root = json.read(SourceText.ofJson(body), CapGrammar.CAP_1_2, complaints);
        if (complaints.isEmpty() || !root.children().isEmpty()) {
            new TreeCheck("", complaints).check(root, CapGrammar.CAP_1_2);
            CapAlerts.checkConditions(root, complaints);
        }
        return complaints.isEmpty()
                ? new Reading.Sound(CapAlerts.alert(root), false, Dialect.CAP_JSON)
                : new Reading.Faulty(400, complaints.problems());
    }

    private Reading readXml(CharBuffer characters) throws Unreadable {
        Element root = xml.read(characters);
        if (!root.name().equals("alert")) {
            throw Unreadable.malformed(
                    root.path(), "root-element", "the body must be an alert, was " + show(root.name()));
        }
        return switch (root.namespace()) {
            case CapGrammar.NAMESPACE_1_2 -> cap(root, CapGrammar.CAP_1_2, Dialect.CAP_1_2);
            case CapGrammar.NAMESPACE_1_1 -> cap(root, CapGrammar.CAP_1_1, Dialect.CAP_1_1);
            case "" -> bulletin(root);
            default -> throw unknownNamespace(root);
        };
    }

    private static Unreadable unknownNamespace(Element root) {
        return Unreadable.malformed(
                root.path(),
                "unknown-namespace",
                "the namespace of alert must be " + CapGrammar.NAMESPACE_1_2 + " or " + CapGrammar.NAMESPACE_1_1
                        + ", or none for 12379's alerts (which have sendTime), was " + show(root.namespace()));
    }

    private static Reading cap(Element root, Grammar grammar, Dialect dialect) {
        Complaints complaints = new Complaints();
        TreeCheck check = new TreeCheck(root.namespace(), complaints);
        check.check(root, grammar);
        CapAlerts.checkConditions(root, complaints);
        return complaints.isEmpty()
                ? new Reading.Sound(CapAlerts.alert(root), check.signed(), dialect)
                : new Reading.Faulty(400, complaints.problems());
    }

    private Reading bulletin(Element root) throws Unreadable {
        boolean capWithoutNamespace = root.children().stream()
                        .anyMatch(child -> child.name().equals("sent"))
                && root.children().stream().noneMatch(child -> child.name().equals("sendTime"));
        if (capWithoutNamespace) {
            throw unknownNamespace(root);
        }
        Complaints complaints = new Complaints();
        TreeCheck check = new TreeCheck("", complaints);
        check.check(root, Bulletins.GRAMMAR);
        Bulletins.checkConditions(root, complaints);
        if (!complaints.isEmpty()) {
            return new Reading.Faulty(400, complaints.problems());
        }
        Alert alert = bulletins.alert(root);
        return new Reading.Sound(alert, check.signed(), Dialect.BULLETIN_12379);
    }
}
