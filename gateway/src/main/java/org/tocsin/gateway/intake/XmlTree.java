package org.tocsin.gateway.intake;

import static org.tocsin.gateway.intake.Complaints.show;

import java.io.CharArrayReader;
import java.nio.CharBuffer;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML 1.0 into elements, with the JDK's own StAX: no DOCTYPE, hence no entities of one's own and none from
 * outside; no more than 32 levels and 200,000 elements.
 *
 * <p>For any number of threads.
 */
final class XmlTree {
    static final int DEPTH = 32;
    static final int ELEMENTS = 200_000;

    /** How deep a text is followed to see whether it ends well-formed. */
    private static final int FATHOMED = 250_000;

    private final XMLInputFactory factory;

    XmlTree() {
        factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("no external entity is ever read");
        });
    }

    /** The root element of a document. */
    Element read(CharBuffer characters) throws Unreadable {
        CharArrayReader source = new CharArrayReader(
                characters.array(), characters.arrayOffset() + characters.position(), characters.remaining());
        XMLStreamReader xml = null;
        try {
            xml = open(source);
            return new Walk(xml).root();
        } catch (XMLStreamException e) {
            throw malformed(e);
        } catch (RuntimeException e) {
            // the JDK's reader throws unchecked exceptions for some malformed documents
            throw Unreadable.malformed("", "not-well-formed", "the body is not well-formed XML: " + show(words(e)));
        } finally {
            close(xml);
        }
    }

    private XMLStreamReader open(CharArrayReader source) throws XMLStreamException {
        synchronized (factory) {
            return factory.createXMLStreamReader(source);
        }
    }

    private static void close(@Nullable XMLStreamReader xml) {
        if (xml != null) {
            try {
                xml.close();
            } catch (XMLStreamException e) {
                // nothing is held open: the source is in memory
            }
        }
    }

    private static Unreadable malformed(XMLStreamException e) {
        Location at = e.getLocation();
        String place = at == null ? "" : " at line " + at.getLineNumber() + ", column " + at.getColumnNumber();
        return Unreadable.malformed(
                "", "not-well-formed", "the body is not well-formed XML" + place + ": " + show(words(e)));
    }

    private static String words(Exception e) {
        String message = String.valueOf(e.getMessage());
        int words = message.indexOf("Message: ");
        return words < 0 ? message : message.substring(words + "Message: ".length());
    }

    /** One walk through a document. */
    private static final class Walk {
        private final XMLStreamReader xml;
        private final StringBuilder[] texts = new StringBuilder[DEPTH + 1];
        private @Nullable Element current;
        private @Nullable Element root;
        private int depth;
        private int elements;
        private @Nullable Unreadable excess;

        Walk(XMLStreamReader xml) {
            this.xml = xml;
        }

        Element root() throws XMLStreamException, Unreadable {
            if ("1.1".equals(xml.getVersion())) {
                throw Unreadable.malformed("", "xml-version", "the body must be XML 1.0, was 1.1");
            }
            while (xml.hasNext()) {
                int event = xml.next();
                if (excess != null) {
                    // Read on to the end, keeping nothing: what is not well-formed is told before what is too much.
                    depth += event == XMLStreamConstants.START_ELEMENT
                            ? 1
                            : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
                    if (depth > FATHOMED) {
                        throw excess;
                    }
                    continue;
                }
                switch (event) {
                    case XMLStreamConstants.START_ELEMENT -> start();
                    case XMLStreamConstants.END_ELEMENT -> end();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text();
                    case XMLStreamConstants.DTD ->
                        throw Unreadable.malformed(
                                "", "doctype", "a document type declaration is never taken" + place());
                    case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw Unreadable.malformed(
                                current == null ? "" : current.path(),
                                "entity",
                                "only the five entities of XML itself may be used, was "
                                        + show("&" + xml.getLocalName()) + place());
                    default -> {
                        // comments and processing instructions say nothing
                    }
                }
            }
            if (excess != null) {
                throw excess;
            }
            if (root == null) {
                throw Unreadable.malformed("", "not-well-formed", "the body holds no element");
            }
            return root;
        }

        private void start() {
            if (++depth > DEPTH) {
                excess = Unreadable.tooMuch(
                        current == null ? "" : current.path(),
                        "too-deep",
                        "elements may lie " + DEPTH + " deep, no deeper" + place());
                return;
            }
            if (++elements > ELEMENTS) {
                excess = Unreadable.tooMuch(
                        "", "too-many-elements", "a message may hold " + ELEMENTS + " elements, has more");
                return;
            }
            Location at = xml.getLocation();
            String namespace = xml.getNamespaceURI();
            Element element = Element.xml(
                    namespace == null ? "" : namespace,
                    xml.getLocalName(),
                    current,
                    at.getLineNumber(),
                    at.getColumnNumber());
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                noteAttribute(element, i);
            }
            if (current == null) {
                root = element;
            } else {
                current.add(element);
            }
            current = element;
            StringBuilder text = texts[depth];
            if (text == null) {
                texts[depth] = new StringBuilder();
            } else {
                text.setLength(0);
            }
        }

        private void noteAttribute(Element element, int i) {
            boolean hint = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(xml.getAttributeNamespace(i))
                    && xml.getAttributeLocalName(i).toLowerCase(Locale.ROOT).endsWith("schemalocation");
            if (!hint) {
                element.addAttribute(xml.getAttributeLocalName(i));
            }
        }

        private void text() {
            if (depth > 0) {
                texts[depth].append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
            }
        }

        private void end() {
            Element ended = current;
            if (ended != null) {
                ended.setText(texts[depth].toString());
                current = ended.parent();
            }
            depth--;
        }

        private String place() {
            Location at = xml.getLocation();
            return " (line " + at.getLineNumber() + ", column " + at.getColumnNumber() + ")";
        }
    }
}
