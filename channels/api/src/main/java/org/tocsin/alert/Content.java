package org.tocsin.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One content of an alert: its infos that differ only in language and words.
 *
 * <p>Infos with the same category, response, urgency, severity, certainty, codes, times and places are one content in
 * several languages; all others are separate contents of one warning.
 *
 * @param translations at least one, no language twice, in the alert's order
 */
public record Content(List<Info> translations) {
    /** Copies the translations; refuses none at all. */
    public Content {
        translations = List.copyOf(translations);
        if (translations.isEmpty()) {
            throw new IllegalArgumentException("a content needs an info");
        }
    }

    /** The contents of an alert, in the order in which they first appear. */
    public static List<Content> of(Alert alert) {
        List<List<Info>> groups = new ArrayList<>();
        for (Info info : alert.infos()) {
            groups.stream()
                    .filter(group -> meansTheSame(group.get(0), info)
                            && group.stream().noneMatch(other -> sameLanguage(other, info)))
                    .findFirst()
                    .orElseGet(() -> {
                        List<Info> group = new ArrayList<>();
                        groups.add(group);
                        return group;
                    })
                    .add(info);
        }
        return groups.stream().map(Content::new).toList();
    }

    /** The level of an alert: the highest of its infos', or empty where all are Unknown. */
    public static Optional<Level> level(Alert alert) {
        return alert.infos().stream()
                .flatMap(info -> Level.of(info.severity()).stream())
                .min((one, other) -> Integer.compare(one.lane(), other.lane()));
    }

    /** The level of this content, or empty where it is Unknown. */
    public Optional<Level> level() {
        return Level.of(translations.get(0).severity());
    }

    /** Where this content holds. */
    public List<Area> areas() {
        return translations.get(0).areas();
    }

    /**
     * The words for a reader: in the language wanted, else in one of its family (zh for zh-CN), else Chinese, else the
     * first.
     */
    public Info in(String language) {
        return find(language).or(() -> find("zh-CN")).orElse(translations.get(0));
    }

    private Optional<Info> find(String language) {
        return translations.stream()
                .filter(info -> info.language().equalsIgnoreCase(language))
                .findFirst()
                .or(() -> translations.stream()
                        .filter(info -> family(info.language()).equalsIgnoreCase(family(language)))
                        .findFirst());
    }

    private static boolean sameLanguage(Info one, Info other) {
        return one.language().equalsIgnoreCase(other.language());
    }

    private static String family(String language) {
        int dash = language.indexOf('-');
        return dash < 0 ? language : language.substring(0, dash);
    }

    private static boolean meansTheSame(Info one, Info other) {
        return meaning(one).equals(meaning(other));
    }

    private static List<Object> meaning(Info info) {
        return List.of(
                info.categories(),
                info.responseTypes(),
                info.urgency(),
                info.severity(),
                info.certainty(),
                info.eventCodes(),
                Optional.ofNullable(info.effective()),
                Optional.ofNullable(info.onset()),
                Optional.ofNullable(info.expires()),
                info.areas().stream()
                        .map(area -> List.of(area.polygons(), area.circles(), area.geocodes()))
                        .toList());
    }
}
