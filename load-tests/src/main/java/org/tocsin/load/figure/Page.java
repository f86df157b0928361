package org.tocsin.load.figure;

import java.util.List;
import java.util.Map;

/** The page: the table and the plots in one HTML file that needs nothing from outside. */
public final class Page {
    private static final String STYLE =
            """
            body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#111827}
            table{border-collapse:collapse;font-size:14px;width:100%}
            th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #e5e7eb;vertical-align:top}
            td:nth-child(1){font-weight:600}
            svg{width:100%;max-width:46rem;height:auto;font:11px system-ui,sans-serif;fill:#374151}
            .legend span{margin-right:1.2rem;font-size:13px}
            .legend b{display:inline-block;width:.9rem;height:.25rem;margin-right:.4rem;vertical-align:middle}
            h3{font-size:1rem;margin:1.2rem 0 .2rem}
            .wide{overflow-x:auto}
            """;

    private Page() {}

    /**
     * Writes the page.
     *
     * @param results what was measured
     * @param facts what it was measured on and with, by name
     */
    public static String write(Results results, Map<String, String> facts) {
        StringBuilder html = new StringBuilder();
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n")
                .append("<title>Tocsin under load</title>\n<style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Tocsin under load</h1>\n<p>");
        facts.forEach((name, value) ->
                html.append(escape(name)).append(": <b>").append(escape(value)).append("</b>; "));
        html.append("medians [least&ndash;greatest]. A ratio is measured &divide; bound or peer of the same run: ")
                .append("for rates more is better, for times and sizes less.</p>\n");
        table(html, results);
        if (!results.notMeasured().isEmpty()) {
            html.append("<h2>Not measured</h2>\n<ul>\n");
            results.notMeasured().forEach((what, why) -> html.append("<li>")
                    .append(escape(what))
                    .append(": ")
                    .append(escape(why))
                    .append("</li>\n"));
            html.append("</ul>\n");
        }
        results.plots().forEach((scenario, plots) -> {
            html.append("<h2>").append(escape(scenario)).append("</h2>\n");
            for (Plot plot : plots) {
                html.append("<h3>")
                        .append(escape(plot.title()))
                        .append("</h3>\n")
                        .append(Drawing.svg(plot));
            }
        });
        return html.append("</body></html>\n").toString();
    }

    private static void table(StringBuilder html, Results results) {
        html.append("<div class=\"wide\"><table>\n");
        List<List<String>> rows = Table.rows(results.figures());
        for (int at = 0; at < rows.size(); at++) {
            String cell = at == 0 ? "th" : "td";
            html.append("<tr>");
            for (String text : rows.get(at)) {
                html.append('<').append(cell).append('>').append(escape(text));
                html.append("</").append(cell).append('>');
            }
            html.append("</tr>\n");
        }
        html.append("</table></div>\n");
    }

    /** The text as it may stand between tags and in quoted attributes. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
