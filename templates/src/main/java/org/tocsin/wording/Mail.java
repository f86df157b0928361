package org.tocsin.wording;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;

/** A warning as a page of text and of HTML, with all that it says. */
final class Mail {
    private record Row(String label, String value) {}

    private final Words words;
    private final List<Row> rows = new ArrayList<>();
    private final String head;

    /**
     * Puts it together.
     *
     * @param words what to say
     * @param most the most characters of each text in it
     */
    Mail(Words words, int most) {
        this.words = words;
        this.head = words.mark() + words.catalogue().join(List.of(words.head(true)));
        row("action", Cut.to(given(words.info().instruction(), words.action()), part -> part.length() <= most));
        String details = given(words.info().description(), words.description());
        String headline = words.headline().isEmpty() ? "" : words.headline() + "\n";
        row("what", Cut.to(headline + details, part -> part.length() <= most));
        row("area", Cut.to(words.area(), part -> part.length() <= most));
        row("issuer", words.issuer());
        row("issued", words.time(words.alert().sent()));
        if (words.info().onset() != null) {
            row("onset", words.time(words.info().onset()));
        }
        if (words.info().expires() != null) {
            row("expires", words.time(words.info().expires()));
        }
        row("contact", line(words.info().contact()));
        row("web", line(words.info().web()));
        row("note", line(words.alert().note()));
    }

    String text() {
        StringBuilder text = new StringBuilder(head).append("\n\n");
        text.append(words.catalogue().text("level." + words.level().lane() + ".long"))
                .append("\n\n");
        for (Row row : rows) {
            text.append(row.label)
                    .append(words.catalogue().text("colon"))
                    .append(words.catalogue().isChinese() ? "" : " ")
                    .append(row.value)
                    .append("\n\n");
        }
        return text.append(words.catalogue().text("footer")).append('\n').toString();
    }

    String html() {
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"")
                .append(words.catalogue().locale().toLanguageTag())
                .append("\">\n<head><meta charset=\"utf-8\"><title>")
                .append(Plain.html(words.mark() + words.title()))
                .append("</title></head>\n<body style=\"margin:0;font-family:sans-serif;line-height:1.6\">\n")
                .append("<h1 style=\"margin:0;padding:16px;font-size:20px;border:2px solid #333333;")
                .append(colours(words.level()))
                .append("\">")
                .append(Plain.html(head))
                .append("</h1>\n<p style=\"padding:0 16px\"><strong>")
                .append(Plain.html(
                        words.catalogue().text("level." + words.level().lane() + ".long")))
                .append("</strong></p>\n");
        for (Row row : rows) {
            html.append("<p style=\"padding:0 16px\"><strong>")
                    .append(Plain.html(row.label + words.catalogue().text("colon")))
                    .append("</strong><br>\n")
                    .append(value(row))
                    .append("</p>\n");
        }
        return html.append("<p style=\"padding:0 16px;color:#555555\">")
                .append(Plain.html(words.catalogue().text("footer")))
                .append("</p>\n</body>\n</html>\n")
                .toString();
    }

    private void row(String key, String value) {
        if (!value.isBlank()) {
            rows.add(new Row(words.catalogue().text(key), value));
        }
    }

    /** What the info says with its own line breaks where it is what the words took over, else the words. */
    private static String given(@Nullable String said, String words) {
        return said != null && Plain.line(said).equals(words) ? Plain.lines(said) : words;
    }

    private static String line(@Nullable String text) {
        return text == null ? "" : Cut.to(Plain.line(text), part -> part.length() <= 500);
    }

    private String value(Row row) {
        String escaped = Plain.html(row.value);
        String lower = row.value.toLowerCase(Locale.ROOT);
        boolean link = row.label.equals(words.catalogue().text("web"))
                && (lower.startsWith("https://") || lower.startsWith("http://"))
                && row.value.indexOf(' ') < 0;
        return link ? "<a href=\"" + escaped + "\">" + escaped + "</a>" : escaped;
    }

    /** Colours whose contrast is at least 4.5 to 1. */
    private static String colours(Level level) {
        return switch (level) {
            case I -> "background:#C00000;color:#FFFFFF";
            case II -> "background:#FF8000;color:#000000";
            case III -> "background:#FFFF00;color:#000000";
            case IV -> "background:#0000FF;color:#FFFFFF";
        };
    }
}
