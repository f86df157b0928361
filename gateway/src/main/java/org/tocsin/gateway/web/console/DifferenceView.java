package org.tocsin.gateway.web.console;

import java.util.List;
import java.util.Locale;
import org.tocsin.gateway.approval.FieldChange;
import org.tocsin.gateway.approval.FieldChange.Field;
import org.tocsin.gateway.approval.WordChange;

/**
 * The difference of two versions as a page shows it.
 *
 * @param against the phrase of what it is compared with
 * @param rows the fields that differ; none where nothing does
 */
record DifferenceView(String against, List<Row> rows) {
    /** Coordinates by the thousand are not read by anybody. */
    private static final int LONGEST_PIECE = 1_000;

    /**
     * A field that differs.
     *
     * @param field the key of its name
     * @param language of the words; empty where it has none
     * @param list whether the pieces are entries of a list rather than parts of one text
     */
    record Row(String field, String language, boolean list, List<Piece> pieces) {}

    /** A piece: {@code same}, {@code deleted} or {@code inserted}. */
    record Piece(String kind, String text) {}

    static DifferenceView of(String against, List<FieldChange> changes, Phrases phrases) {
        return new DifferenceView(
                against, changes.stream().map(change -> row(change, phrases)).toList());
    }

    /** Two texts at once, word by word. */
    static List<Piece> pieces(String before, String after) {
        return WordChange.between(before, after).stream()
                .map(piece -> new Piece(piece.kind().name().toLowerCase(Locale.ROOT), piece.text()))
                .toList();
    }

    private static Row row(FieldChange change, Phrases phrases) {
        boolean list =
                switch (change.field()) {
                    case AREAS, PLACES, CHANNELS, KINDS, PARAMETERS, RESOURCES -> true;
                    default -> false;
                };
        return new Row(
                "sign.field." + change.field().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                change.language(),
                list,
                change.pieces().stream()
                        .map(piece -> new Piece(
                                piece.kind().name().toLowerCase(Locale.ROOT), words(change.field(), piece, phrases)))
                        .toList());
    }

    private static String words(Field field, WordChange piece, Phrases phrases) {
        String text = piece.text();
        String key =
                switch (field) {
                    case LEVEL -> "base.level." + text;
                    case CHANNELS -> "base.channel." + text;
                    case STATUS -> "watch.status." + text;
                    case MSG_TYPE -> "watch.type." + text;
                    default -> "";
                };
        if (phrases.has(key)) {
            return phrases.of(key);
        }
        // Texts have limits that can be read; coordinates and files have not.
        boolean cut = field != Field.DESCRIPTION && field != Field.INSTRUCTION && text.length() > LONGEST_PIECE;
        return cut ? phrases.of("sign.cut", text.substring(0, LONGEST_PIECE), text.length()) : text;
    }
}
