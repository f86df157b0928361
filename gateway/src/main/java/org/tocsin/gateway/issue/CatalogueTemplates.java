package org.tocsin.gateway.issue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Level;
import org.tocsin.alert.ResponseType;
import org.tocsin.alert.Urgency;
import org.tocsin.gateway.registry.Audience;
import org.tocsin.wording.StandardWords;

/**
 * The templates that come with the gateway: the wording catalogue's texts for each hazard at the levels that it has,
 * both in {@code templates.csv}. Urgency, certainty, response and channels follow the level, by convention: I and II
 * are immediate, III is expected, IV lies ahead and wakes nobody by SMS or loudspeaker.
 */
public final class CatalogueTemplates implements IssueTemplates {
    private static final String TABLE = "templates.csv";
    /** What does not call people from their beds. */
    private static final Set<String> QUIET = Set.of("screen", "wechat", "app", "email");

    private final List<IssueTemplate> templates;

    private CatalogueTemplates(List<IssueTemplate> templates) {
        this.templates = List.copyOf(templates);
    }

    /**
     * The templates that come with the gateway.
     *
     * @throws UncheckedIOException when the gateway's own file cannot be read
     */
    public static CatalogueTemplates standard() {
        try (InputStream in = Objects.requireNonNull(CatalogueTemplates.class.getResourceAsStream(TABLE), TABLE)) {
            List<IssueTemplate> templates = new ArrayList<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .forEach(fields -> {
                        for (String level : fields[3].split(" ", -1)) {
                            templates.add(template(fields, Level.valueOf(level)));
                        }
                    });
            return new CatalogueTemplates(templates);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public List<IssueTemplate> list() {
        return templates;
    }

    private static IssueTemplate template(String[] fields, Level level) {
        Map<String, IssueTemplate.Words> texts = new LinkedHashMap<>();
        for (String language : List.of(IssueTemplate.CHINESE, IssueTemplate.ENGLISH)) {
            texts.put(language, words(fields[0], level, language));
        }
        return new IssueTemplate(
                fields[0] + "-" + level.name(),
                fields[0],
                fields[1],
                level,
                Category.of(fields[2]).orElseThrow(),
                urgency(level),
                level == Level.IV ? Certainty.POSSIBLE : Certainty.LIKELY,
                List.of(response(level)),
                texts,
                level == Level.IV ? QUIET : Set.of(),
                Audience.RESIDENTS,
                Duration.ofHours(Integer.parseInt(fields[4])));
    }

    private static IssueTemplate.Words words(String hazard, Level level, String language) {
        return new IssueTemplate.Words(
                StandardWords.name(hazard, language),
                StandardWords.title(hazard, level, language),
                StandardWords.description(hazard, language),
                StandardWords.instruction(hazard, level, language));
    }

    private static Urgency urgency(Level level) {
        return switch (level) {
            case I, II -> Urgency.IMMEDIATE;
            case III -> Urgency.EXPECTED;
            case IV -> Urgency.FUTURE;
        };
    }

    private static ResponseType response(Level level) {
        return switch (level) {
            case I, II -> ResponseType.EXECUTE;
            case III -> ResponseType.PREPARE;
            case IV -> ResponseType.MONITOR;
        };
    }
}
