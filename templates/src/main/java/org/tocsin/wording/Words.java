package org.tocsin.wording;

import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.ResponseType;

/**
 * What one translation of a content says, cleaned and with the catalogue's words where it says nothing.
 *
 * @param catalogue the words of its language
 * @param alert the issue
 * @param info the translation
 * @param level its level
 * @param issuer who says it, shortened to what a head can bear
 * @param hazard the hazard in words, without level
 * @param headline what the info says in one line, where that adds to issuer, hazard and level; else empty
 * @param description what happens; may be empty for an Update or Cancel
 * @param action what to do; never empty
 */
record Words(
        Catalogue catalogue,
        Alert alert,
        Info info,
        Level level,
        String issuer,
        String hazard,
        String headline,
        String description,
        String action) {
    /** Columns of an issuer's or hazard's name in a head; a Chinese character takes two. */
    private static final int LONGEST_NAME = 48;

    private static final Pattern CHINESE_LEVEL = Pattern.compile("[\\[（(【]?[红橙黄蓝][色]?(预警)?(信号)?.*$|预警.*$");
    private static final Pattern ENGLISH_LEVEL = Pattern.compile(
            "(?i)\\b((red|orange|yellow|blue)\\s+)?(warning|alert|signal)s?\\b|\\b(red|orange|yellow|blue)$");
    private static final Pattern CHINESE_SUFFIX = Pattern.compile("(?<!突发)(灾害)?事件$");
    private static final Set<ResponseType> ORDERS = EnumSet.of(
            ResponseType.SHELTER,
            ResponseType.EVACUATE,
            ResponseType.PREPARE,
            ResponseType.EXECUTE,
            ResponseType.AVOID);

    static Words of(Alert alert, Info info, Level level) {
        Catalogue catalogue = Catalogue.of(info.language());
        String kind = Catalogue.hazardOf(info);
        String hazard = hazard(catalogue, kind, info);
        String issuer = shortened(issuer(alert, info), LONGEST_NAME);
        boolean carriedOver = isCancel(alert) && ordersFromBefore(info);
        String description = said(carriedOver ? null : info.description());
        String action = said(carriedOver ? null : info.instruction());
        String headline = said(carriedOver ? null : info.headline());
        if (description.isEmpty() && headlineRepeats(headline, hazard, catalogue) && alert.msgType() == MsgType.ALERT) {
            description = catalogue.description(kind);
        }
        if (action.isEmpty()) {
            action = isCancel(alert) ? catalogue.allClear(kind) : catalogue.action(kind, level);
        }
        String added = headlineRepeats(headline, hazard, catalogue) || description.contains(headline) ? "" : headline;
        return new Words(catalogue, alert, info, level, issuer, hazard, added, description, action);
    }

    /** The mark of an Exercise or Test, with a blank after it where the language wants one; else empty. */
    String mark() {
        if (!alert.probesOnly()) {
            return "";
        }
        return catalogue.text("exercise") + (catalogue.isChinese() ? "" : " ");
    }

    /** Issuer, hazard and level as one sentence. */
    String head(boolean withTime) {
        return fill("head", withTime ? catalogue.time("time.short", alert.sent()) : "", issuer, hazard);
    }

    /** Issuer, hazard and level as one sentence to be spoken. */
    String spokenHead() {
        return catalogue.fill(
                key("head") + ".spoken",
                Map.of(
                        "level",
                        catalogue.text("level." + level.lane() + ".spoken"),
                        "time",
                        catalogue.time("time.spoken", alert.sent()),
                        "hazard",
                        hazard,
                        "issuer",
                        issuer));
    }

    /** Hazard and level in a few words. */
    String title() {
        return fill("title", "", issuer, hazard);
    }

    /** Headline and description together. */
    String details() {
        return catalogue.join(List.of(headline, description));
    }

    /** The first thing to do. */
    String firstAction() {
        return Cut.firstSentence(action);
    }

    /** Where, in words; empty where nothing is said. */
    String area() {
        return info.areas().stream()
                .map(Area::areaDesc)
                .map(Plain::line)
                .filter(area -> !area.isEmpty())
                .distinct()
                .collect(Collectors.joining(catalogue.isChinese() ? "、" : "; "));
    }

    String time(OffsetDateTime time) {
        return catalogue.time("time.long", time);
    }

    /** Joins a head, what happens and what to do. */
    String text(String head, String details, String action) {
        return mark() + catalogue.join(List.of(head, details, action));
    }

    /** The text that says most of all that fit: the description goes first, then the end of what to do. */
    String fitted(Joiner joiner, Predicate<String> fits) {
        String kept = Stream.of(head(true), head(false))
                .filter(head -> fits.test(joiner.join(head, "", firstAction())))
                .findFirst()
                .orElseGet(() -> fill("head", "", shortened(issuer, 24), shortened(hazard, 24)));
        if (fits.test(joiner.join(kept, "", action))) {
            String details = Cut.to(details(), part -> fits.test(joiner.join(kept, part, action)));
            return joiner.join(kept, details, action);
        }
        return joiner.join(kept, "", Cut.to(action, part -> fits.test(joiner.join(kept, "", part))));
    }

    /** Puts the three parts of a text together; a part may be empty. */
    @FunctionalInterface
    interface Joiner {
        String join(String head, String details, String action);
    }

    private String fill(String what, String time, String by, String of) {
        return catalogue.fill(
                key(what), Map.of("level", catalogue.level(level), "time", time, "hazard", of, "issuer", by));
    }

    private String key(String what) {
        return switch (alert.msgType()) {
            case UPDATE -> what + ".update";
            case CANCEL -> what + ".cancel";
            case ALERT, ACK, ERROR -> what + ".alert";
        };
    }

    private static boolean isCancel(Alert alert) {
        return alert.msgType() == MsgType.CANCEL;
    }

    /** Whether a Cancel's info still gives the orders of the warning that it ends. */
    private static boolean ordersFromBefore(Info info) {
        return info.responseTypes().stream().anyMatch(ORDERS::contains)
                && !info.responseTypes().contains(ResponseType.ALL_CLEAR);
    }

    private static String said(@Nullable String text) {
        return text == null ? "" : Plain.line(text);
    }

    private static String issuer(Alert alert, Info info) {
        String name = said(info.senderName());
        return name.isEmpty() ? Plain.line(alert.sender()) : name;
    }

    private static String hazard(Catalogue catalogue, String kind, Info info) {
        Pattern level = catalogue.isChinese() ? CHINESE_LEVEL : ENGLISH_LEVEL;
        String event = level.matcher(Plain.line(info.event())).replaceAll("").strip();
        if (catalogue.isChinese()) {
            event = CHINESE_SUFFIX.matcher(event).replaceAll("");
        }
        return shortened(event.isEmpty() ? catalogue.name(kind) : event, LONGEST_NAME);
    }

    private static String shortened(String name, int columns) {
        String cut = Cut.to(name, part -> part.length() <= columns && Columns.width(part) <= columns);
        return cut.isEmpty() ? "-" : cut;
    }

    private static boolean headlineRepeats(String headline, String hazard, Catalogue catalogue) {
        boolean levelled = false;
        for (Level level : Level.values()) {
            levelled |= headline.toLowerCase(catalogue.locale())
                    .contains(catalogue.level(level).toLowerCase(catalogue.locale()));
        }
        boolean saysMore = headline.length() > hazard.length() + (catalogue.isChinese() ? 40 : 100);
        return headline.isEmpty() || (levelled && !saysMore && containsWords(headline, hazard, catalogue));
    }

    private static boolean containsWords(String headline, String hazard, Catalogue catalogue) {
        return headline.toLowerCase(catalogue.locale()).contains(hazard.toLowerCase(catalogue.locale()));
    }
}
