package org.tocsin.gateway.intake;

import static org.tocsin.gateway.intake.Grammar.Part.many;
import static org.tocsin.gateway.intake.Grammar.Part.one;
import static org.tocsin.gateway.intake.Grammar.Part.optional;
import static org.tocsin.gateway.intake.Grammar.Part.some;
import static org.tocsin.gateway.intake.Grammar.sequence;
import static org.tocsin.gateway.intake.Syntaxes.word;

import java.util.Arrays;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.ResponseType;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;
import org.tocsin.gateway.intake.Grammar.Part;

/**
 * The tables of CAP 1.2 and 1.1.
 *
 * <p>Where 1.1 differs: times may have fractions and Z, a resource need not tell its MIME type, and the response types
 * Avoid and AllClear are not yet there.
 */
final class CapGrammar {
    static final String NAMESPACE_1_2 = "urn:oasis:names:tc:emergency:cap:1.2";
    static final String NAMESPACE_1_1 = "urn:oasis:names:tc:emergency:cap:1.1";

    static final Syntax STATUS = word(Status.values(), Status::word, Status::of);
    static final Syntax MSG_TYPE = word(MsgType.values(), MsgType::word, MsgType::of);
    static final Syntax SCOPE = word(Scope.values(), Scope::word, Scope::of);
    static final Syntax URGENCY = word(Urgency.values(), Urgency::word, Urgency::of);
    static final Syntax CERTAINTY = word(Certainty.values(), Certainty::word, Certainty::of);

    /** An alert of CAP 1.2. */
    static final Grammar CAP_1_2 = alert(Syntaxes.TIME, Syntaxes.REFERENCES, ResponseType.values(), true);

    /** An alert of CAP 1.1. */
    static final Grammar CAP_1_1 = alert(
            Syntaxes.TIME_1_1,
            Syntaxes.REFERENCES_1_1,
            Arrays.stream(ResponseType.values())
                    .filter(type -> type != ResponseType.AVOID && type != ResponseType.ALL_CLEAR)
                    .toArray(ResponseType[]::new),
            false);

    private CapGrammar() {}

    private static Grammar alert(Syntax time, Syntax references, ResponseType[] responseTypes, boolean mimeType) {
        return sequence(
                one("identifier", Syntaxes.NAME),
                one("sender", Syntaxes.NAME),
                one("sent", time),
                one("status", STATUS),
                one("msgType", MSG_TYPE),
                optional("source", Syntaxes.TEXT),
                one("scope", SCOPE),
                optional("restriction", Syntaxes.TEXT),
                optional("addresses", Syntaxes.GROUP),
                many("code", Syntaxes.TEXT),
                optional("note", Syntaxes.TEXT),
                optional("references", references),
                optional("incidents", Syntaxes.GROUP),
                many("info", info(time, responseTypes, mimeType)));
    }

    private static Grammar info(Syntax time, ResponseType[] responseTypes, boolean mimeType) {
        return sequence(
                optional("language", Syntaxes.LANGUAGE_TAG),
                some("category", word(Category.values(), Category::word, Category::of)),
                one("event", Syntaxes.WORDS),
                many("responseType", word(responseTypes, ResponseType::word, ResponseType::of)),
                one("urgency", URGENCY),
                one("severity", word(Severity.values(), Severity::word, Severity::of)),
                one("certainty", CERTAINTY),
                optional("audience", Syntaxes.TEXT),
                many("eventCode", namedValue()),
                optional("effective", time),
                optional("onset", time),
                optional("expires", time),
                optional("senderName", Syntaxes.TEXT),
                optional("headline", Syntaxes.TEXT),
                optional("description", Syntaxes.TEXT),
                optional("instruction", Syntaxes.TEXT),
                optional("web", Syntaxes.ABSOLUTE_URI),
                optional("contact", Syntaxes.TEXT),
                many("parameter", namedValue()),
                many("resource", resource(mimeType)),
                many("area", area()));
    }

    private static Grammar resource(boolean mimeType) {
        Part type = mimeType ? one("mimeType", Syntaxes.WORDS) : optional("mimeType", Syntaxes.TEXT);
        return sequence(
                one("resourceDesc", Syntaxes.WORDS),
                type,
                optional("size", Syntaxes.SIZE),
                optional("uri", Syntaxes.URI_REFERENCE),
                optional("derefUri", Syntaxes.BASE64),
                optional("digest", Syntaxes.TEXT));
    }

    private static Grammar area() {
        return sequence(
                one("areaDesc", Syntaxes.WORDS),
                many("polygon", Shapes.POLYGON),
                many("circle", Shapes.CIRCLE),
                many("geocode", namedValue()),
                optional("altitude", Syntaxes.DECIMAL_NUMBER),
                optional("ceiling", Syntaxes.DECIMAL_NUMBER));
    }

    private static Grammar namedValue() {
        return sequence(one("valueName", Syntaxes.WORDS), one("value", Syntaxes.VALUE));
    }
}
