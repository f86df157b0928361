package org.tocsin.gateway.web;

/** HTML that holds foreign text only escaped. */
final class Html {
    private Html() {}

    /** Text for an element or a quoted attribute, of HTML and of XML alike. */
    static String text(String raw) {
        StringBuilder escaped = new StringBuilder(raw.length() + 16);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    boolean control = c < 0x20 && c != '\n' && c != '\t' && c != '\r';
                    escaped.append(control || c == 0xFFFE || c == 0xFFFF ? '\uFFFD' : c);
                }
            }
        }
        return escaped.toString();
    }

    /** A whole page; the body is HTML already. */
    static String page(String title, String body) {
        return page(title, "", body);
    }

    /** A whole page with more in its head; head and body are HTML already. */
    static String page(String title, String head, String body) {
        return page("zh-CN", title, head, body);
    }

    /** The same in a language, by its tag. */
    static String page(String language, String title, String head, String body) {
        return "<!DOCTYPE html>\n<html lang=\"" + text(language) + "\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" + text(title)
                + "</title><link rel=\"icon\" href=\"/console/files/icon.svg\">"
                + "<link rel=\"stylesheet\" href=\"/console/files/console.css\">" + head + "</head><body>" + body
                + "</body></html>\n";
    }
}
