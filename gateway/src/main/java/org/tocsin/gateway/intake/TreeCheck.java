package org.tocsin.gateway.intake;

import static org.tocsin.gateway.intake.Complaints.show;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.intake.Grammar.Part;

/** Holds the elements of a message against a grammar and reads their values; everything wrong is told. */
final class TreeCheck {
    /** The namespace of XML signatures, which CAP lets stand at the end of an alert. */
    static final String SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#";

    private final String namespace;
    private final Complaints complaints;
    private boolean signed;

    /**
     * Makes a check.
     *
     * @param namespace where the grammar's elements live; empty for none
     */
    TreeCheck(String namespace, Complaints complaints) {
        this.namespace = namespace;
        this.complaints = complaints;
    }

    /** Whether a signature was seen. */
    boolean signed() {
        return signed;
    }

    /** Checks an element that holds elements. */
    void check(Element element, Grammar grammar) {
        int[] seen = new int[grammar.parts().size()];
        Map<String, Integer> unknown = new HashMap<>();
        @Nullable Element last = null;
        int lastIndex = -1;
        checkAttributes(element, grammar);
        for (Element child : element.children()) {
            Part part = child.namespace().equals(namespace) ? grammar.part(child.name()) : null;
            if (part == null && isSignature(element, child)) {
                signed = true;
                lastIndex = grammar.parts().size();
                last = child;
                continue;
            }
            if (part == null) {
                child.setPosition(unknown.merge(child.name(), 1, Integer::sum));
                complainOfUnknown(element, child, grammar);
                continue;
            }
            child.recognise(part, ++seen[part.index()]);
            if (part.index() >= lastIndex) {
                lastIndex = part.index();
                last = child;
            } else if (grammar.strict() && !element.isJson() && last != null) {
                complaints.add(
                        child, "order", child.name() + " must stand before " + last.name() + " in " + element.name());
            }
            if (seen[part.index()] == part.max() + 1) {
                complaints.add(child, "too-many", child.name() + " may stand once in " + element.name());
            }
            checkContent(child, part, grammar);
        }
        complainOfMissing(element, grammar, seen);
        if (grammar.strict() && !element.text().isBlank()) {
            complaints.add(
                    element,
                    "unexpected-text",
                    element.name() + " holds elements, not text, was "
                            + show(element.text().strip()));
        }
    }

    private void checkContent(Element child, Part part, Grammar grammar) {
        Grammar inner = part.inner();
        Syntax syntax = part.syntax();
        if (child.isSpoilt()) {
            return;
        }
        if (inner != null) {
            check(child, inner);
        } else if (syntax != null) {
            checkAttributes(child, grammar);
            if (!child.children().isEmpty()) {
                Element first = child.children().get(0);
                complaints.add(
                        first,
                        "unknown-element",
                        child.name() + " holds text, not elements, was " + show(first.name()));
            } else {
                child.setValue(syntax.read(child.text(), child, complaints));
            }
        }
    }

    private void checkAttributes(Element element, Grammar grammar) {
        if (grammar.strict()) {
            for (String attribute : element.attributes()) {
                complaints.add(
                        element,
                        "unknown-attribute",
                        "CAP's elements have no attributes, " + element.name() + " has " + show(attribute));
            }
        }
    }

    private static boolean isSignature(Element parent, Element child) {
        return parent.parent() == null && child.namespace().equals(SIGNATURE_NAMESPACE);
    }

    private void complainOfUnknown(Element parent, Element child, Grammar grammar) {
        if (grammar.strict()) {
            String where = child.namespace().equals(namespace) ? "" : " of the namespace " + show(child.namespace());
            complaints.add(
                    child,
                    "unknown-element",
                    "there is no such element in " + parent.name() + ": " + show(child.name()) + where);
        }
    }

    private void complainOfMissing(Element element, Grammar grammar, int[] seen) {
        for (Part part : grammar.parts()) {
            if (seen[part.index()] < part.min()) {
                complaints.add(
                        element.pathOf(part.name()),
                        "missing",
                        element.name() + " must have " + part.name() + " (" + element.place() + ")");
            }
        }
    }
}
