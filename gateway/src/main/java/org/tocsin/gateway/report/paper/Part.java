package org.tocsin.gateway.report.paper;

import java.util.List;

/** A part of a document. */
public sealed interface Part permits Part.Heading, Part.Prose, Part.KeyFigures, Part.Box, Part.Signature, Chart, Grid {
    /**
     * A heading, which is a bookmark too and never stands alone at the foot of a page.
     *
     * @param text what it says
     */
    record Heading(String text) implements Part {}

    /**
     * Paragraphs.
     *
     * @param paragraphs one string each
     */
    record Prose(List<String> paragraphs) implements Part {
        /** Copies them. */
        public Prose {
            paragraphs = List.copyOf(paragraphs);
        }
    }

    /**
     * A few figures that stand out.
     *
     * @param figures at most four to a row
     */
    record KeyFigures(List<KeyFigure> figures) implements Part {
        /** Copies them. */
        public KeyFigures {
            figures = List.copyOf(figures);
        }
    }

    /**
     * A figure that stands out.
     *
     * @param name what it is
     * @param value as people read it
     * @param note what it is of, or how it stands to its goal
     */
    record KeyFigure(String name, String value, String note) {}

    /**
     * A framed text, such as the method.
     *
     * @param title what it is
     * @param lines one paragraph each
     */
    record Box(String title, List<String> lines) implements Part {
        /** Copies them. */
        public Box {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Where it is signed and sealed.
     *
     * @param fields what is to be filled in by hand
     * @param seal what stands where the seal goes
     */
    record Signature(List<String> fields, String seal) implements Part {
        /** Copies them. */
        public Signature {
            fields = List.copyOf(fields);
        }
    }
}
