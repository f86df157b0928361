package org.tocsin.gateway.intake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.intake.Grammar.Part;

/** One element of a message as it was read, from XML or JSON alike, with its place. */
final class Element {
    private final String namespace;
    private final String name;
    private final @Nullable Element parent;
    private final @Nullable String step;
    private final int line;
    private final int column;
    private List<Element> children = List.of();
    private List<String> attributes = List.of();
    private String text = "";
    private @Nullable Part part;
    private @Nullable Object value;
    private int position = 1;
    private boolean spoilt;

    private Element(
            String namespace, String name, @Nullable Element parent, @Nullable String step, int line, int column) {
        this.namespace = namespace;
        this.name = name;
        this.parent = parent;
        this.step = step;
        this.line = line;
        this.column = column;
    }

    /** An XML element; its place is told by its position among those of its name. */
    static Element xml(String namespace, String name, @Nullable Element parent, int line, int column) {
        return new Element(namespace, name, parent, null, line, column);
    }

    /** A JSON value; its place is told by a step of a JSON pointer, empty for the root. */
    static Element json(String name, @Nullable Element parent, String step, int line, int column) {
        return new Element("", name, parent, step, line, column);
    }

    void add(Element child) {
        if (children.isEmpty()) {
            children = new ArrayList<>();
        }
        children.add(child);
    }

    void addAttribute(String attribute) {
        if (attributes.isEmpty()) {
            attributes = new ArrayList<>();
        }
        attributes.add(attribute);
    }

    void setText(String text) {
        this.text = text;
    }

    void recognise(Part asPart, int asPosition) {
        this.part = asPart;
        this.position = asPosition;
    }

    void setPosition(int position) {
        this.position = position;
    }

    /** Says that its value has the wrong form and was complained of. */
    void markSpoilt() {
        spoilt = true;
    }

    boolean isSpoilt() {
        return spoilt;
    }

    void setValue(@Nullable Object value) {
        this.value = value;
    }

    @Nullable
    Element parent() {
        return parent;
    }

    String namespace() {
        return namespace;
    }

    String name() {
        return name;
    }

    String text() {
        return text;
    }

    List<Element> children() {
        return children;
    }

    List<String> attributes() {
        return attributes;
    }

    boolean isJson() {
        return step != null;
    }

    /** Where it stands in the source, for people. */
    String place() {
        return "line " + line + ", column " + column;
    }

    /** Its path as {@code Problem} documents it. */
    String path() {
        String above = parent == null ? "" : parent.path();
        if (step != null) {
            return step.isEmpty() ? above : above + "/" + step;
        }
        boolean indexed = position > 1 || (part != null && part.repeats());
        return above + "/" + name + (indexed ? "[" + position + "]" : "");
    }

    /** The path that a child would have which is not there. */
    String pathOf(String child) {
        return path() + "/" + child;
    }

    /** The child of this name, or null where there is none. */
    @Nullable
    Element find(String childName) {
        for (Element child : children) {
            if (child.name.equals(childName) && child.part != null) {
                return child;
            }
        }
        return null;
    }

    /** All children of this name. */
    List<Element> all(String childName) {
        List<Element> found = new ArrayList<>();
        for (Element child : children) {
            if (child.name.equals(childName) && child.part != null) {
                found.add(child);
            }
        }
        return found;
    }

    /** The value of the child of this name, or null where there is none or it is empty. */
    <T> @Nullable T optional(String childName, Class<T> type) {
        Element child = find(childName);
        return child == null || child.value == null ? null : type.cast(child.value);
    }

    /** The value of the child of this name, which the grammar demands. */
    <T> T required(String childName, Class<T> type) {
        T found = optional(childName, type);
        if (found == null) {
            throw new IllegalStateException(pathOf(childName) + " was not checked");
        }
        return found;
    }

    /** The values of all children of this name, the empty ones left out. */
    <T> List<T> values(String childName, Class<T> type) {
        List<T> values = new ArrayList<>();
        for (Element child : children) {
            if (child.name.equals(childName) && child.value != null) {
                values.add(type.cast(child.value));
            }
        }
        return values;
    }
}
