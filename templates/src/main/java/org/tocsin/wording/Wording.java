package org.tocsin.wording;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.channel.Message;

/**
 * Puts a content of a warning into the words of a channel, fitted to its limits.
 *
 * <p>Whatever must be cut, issuer, hazard, level and the first thing to do stay; the description goes first. An
 * Exercise or Test says so at its beginning on every channel. Where an info gives no description or instruction, the
 * catalogue's words for hazard and level stand in; a Cancel whose info still carries the orders of the warning that it
 * ends (by its responseTypes) gets the catalogue's all-clear instead. English for languages of the family {@code en};
 * the frame of every other language is Chinese. Immutable; may be used by any thread.
 */
public final class Wording {
    private final WordingSettings settings;

    /** Uses limits of its own. */
    public Wording(WordingSettings settings) {
        this.settings = settings;
    }

    /** With the standard limits. */
    public static Wording standard() {
        return new Wording(WordingSettings.standard());
    }

    /**
     * Renders a content for a channel.
     *
     * @param alert the issue
     * @param content the content of the issue that holds for the addressees; its level is the one named
     * @param info its translation to be sent, one of {@code content}'s
     * @param channel sms, loudspeaker, screen, wechat, app, email; any other gets {@code title} and {@code text}
     * @param level the warning's level, named where the content has none
     * @return the parts that {@link Message} documents
     */
    public Message render(Alert alert, Content content, Info info, String channel, Level level) {
        Words words = Words.of(alert, info, content.level().orElse(level));
        Map<String, String> parts =
                switch (channel) {
                    case "sms" -> Map.of("text", sms(words));
                    case "loudspeaker" -> Map.of("script", script(words));
                    case "screen" -> screen(words);
                    case "wechat" -> wechat(words);
                    case "app" -> app(words);
                    case "email" -> email(words);
                    default ->
                        Map.of(
                                "title",
                                words.mark() + words.title(),
                                "text",
                                new Mail(words, settings.emailText()).text());
                };
        return new Message(info.language(), parts);
    }

    private String sms(Words words) {
        boolean chinese = words.catalogue().isChinese();
        Words.Joiner joiner = (head, details, action) -> {
            String text = words.text(head, details, action);
            return chinese ? text : plainQuotes(text);
        };
        return words.fitted(joiner, text -> Segments.of(text).count() <= settings.smsSegments());
    }

    private String script(Words words) {
        boolean chinese = words.catalogue().isChinese();
        int most = settings.loudspeakerCharacters() * (chinese ? 1 : 3);
        Words.Joiner joiner = (head, details, action) -> spoken(words, details, action);
        return words.fitted(joiner, text -> text.length() <= most);
    }

    private String spoken(Words words, String details, String action) {
        Catalogue catalogue = words.catalogue();
        String exercise = words.alert().probesOnly() ? catalogue.text("exercise.spoken") : "";
        String said = catalogue.join(List.of(words.spokenHead(), details, action));
        String body = catalogue.join(List.of(exercise, Speech.spoken(said, catalogue.isChinese())));
        StringBuilder script = new StringBuilder(catalogue.join(List.of(catalogue.text("attention"), body)));
        for (int repeat = 1; repeat < settings.loudspeakerRepeats(); repeat++) {
            script.append(catalogue.isChinese() ? "" : " ")
                    .append(catalogue.join(List.of(catalogue.text("repeat"), body)));
        }
        return script.toString();
    }

    private Map<String, String> screen(Words words) {
        Columns columns = new Columns(settings.screenWidth());
        Words.Joiner joiner = (head, details, action) -> words.mark() + head + "\n" + details + "\n" + action;
        Predicate<String> fits = text -> columns.wrap(text).size() <= settings.screenLines();
        List<String> lines = columns.wrap(words.fitted(joiner, fits));
        Map<String, String> parts = new LinkedHashMap<>();
        for (int line = 0; line < lines.size(); line++) {
            parts.put("line" + (line + 1), lines.get(line));
        }
        return parts;
    }

    private Map<String, String> wechat(Words words) {
        Predicate<String> field = text -> text.length() <= settings.wechatField();
        Predicate<String> text = part -> part.length() <= settings.wechatText();
        String head = words.mark() + words.head(false);
        String area = words.area();
        String details =
                Cut.to(words.details(), part -> text.test(words.catalogue().join(List.of(words.action(), part))));
        String remark = text.test(words.action())
                ? words.catalogue().join(List.of(words.action(), details))
                : Cut.to(words.action(), text);
        return Map.of(
                "first", Cut.to(head, text),
                "keyword1", Cut.to(words.title(), field),
                "keyword2", Cut.to(words.issuer(), field),
                "keyword3", words.time(words.alert().sent()),
                "keyword4", area.isEmpty() ? "-" : Cut.to(area, field),
                "remark", remark);
    }

    private Map<String, String> app(Words words) {
        String title =
                Cut.to(words.mark() + words.title(), text -> text.getBytes(UTF_8).length <= settings.appTitleBytes());
        String body = words.fitted(words::text, text -> text.getBytes(UTF_8).length <= settings.appBodyBytes());
        return Map.of("title", title, "body", body);
    }

    private Map<String, String> email(Words words) {
        Mail mail = new Mail(words, settings.emailText());
        String subject = Cut.to(words.mark() + words.head(false), text -> text.length() <= settings.emailSubject());
        return Map.of("subject", subject, "text", mail.text(), "html", mail.html());
    }

    /** Typographers' marks that would turn a GSM-7 text into UCS-2, by their plain kin. */
    private static String plainQuotes(String text) {
        return text.replace('‘', '\'')
                .replace('’', '\'')
                .replace('“', '"')
                .replace('”', '"')
                .replace('–', '-')
                .replace('—', '-')
                .replace("…", "...");
    }
}
