package org.tocsin.channel.wechat;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The platform's events: one element whose children hold text. A DOCTYPE is refused, entities are never resolved. */
final class FlatXml {
    private static final int DEEPEST = 8;
    private static final int MOST_FIELDS = 100;
    private static final XMLInputFactory FACTORY = factory();

    /** It is no such XML. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    private FlatXml() {}

    /** The text of each child of the root, of repeated ones the first; deeper ones are left out. */
    static Map<String, String> read(byte[] xml) throws Malformed {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException malformed) {
            throw new Malformed("not XML");
        }
    }

    private static Map<String, String> read(XMLStreamReader reader) throws XMLStreamException, Malformed {
        Map<String, String> fields = new HashMap<>();
        StringBuilder text = new StringBuilder();
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> throw new Malformed("DOCTYPE");
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new Malformed("entity");
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    text.setLength(0);
                    if (depth > DEEPEST || fields.size() > MOST_FIELDS) {
                        throw new Malformed("too deep or too many fields");
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (depth == 2) {
                        text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (depth == 2) {
                        fields.putIfAbsent(
                                reader.getLocalName(), text.toString().strip());
                    }
                    depth--;
                }
                default -> {
                    // Comments and processing instructions say nothing here.
                }
            }
        }
        return fields;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are refused");
        });
        return factory;
    }
}
