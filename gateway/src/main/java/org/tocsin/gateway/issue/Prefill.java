package org.tocsin.gateway.issue;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Info;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.gateway.access.Codes;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.Divisions;
import org.tocsin.wording.StandardWords;

/** What stands in a form before anybody has typed. Pure; may be used by any thread. */
public final class Prefill {
    private final IssueTemplates templates;

    /** Takes the templates. */
    public Prefill(IssueTemplates templates) {
        this.templates = templates;
    }

    /**
     * What a template fills in; area and sender stay as they are.
     *
     * @param fields what is there
     * @param channels the channels that are set up
     */
    public static IssueFields of(IssueTemplate template, IssueFields fields, Collection<String> channels) {
        Map<String, String> next = new LinkedHashMap<>(fields.values());
        IssueTemplate.Words chinese = template.words(IssueTemplate.CHINESE);
        next.put(IssueFields.TEMPLATE, template.id());
        next.put(IssueFields.LEVEL, template.level().name());
        next.put(IssueFields.EVENT_CODE, template.eventCode());
        next.put(IssueFields.EVENT, chinese.event());
        next.put(IssueFields.HEADLINE, chinese.headline());
        next.put(IssueFields.DESCRIPTION, chinese.description());
        next.put(IssueFields.INSTRUCTION, chinese.instruction());
        next.put(IssueFields.URGENCY, template.urgency().word());
        next.put(IssueFields.CERTAINTY, template.certainty().word());
        next.put(IssueFields.HOURS, String.valueOf(template.duration().toHours()));
        next.put(IssueFields.AUDIENCE, template.audience());
        next.put(IssueFields.CHANNELS, usable(template.channels(), channels));
        IssueTemplate.Words english = template.texts().get(IssueTemplate.ENGLISH);
        next.put(IssueFields.ENGLISH, english == null ? "" : "on");
        next.put(IssueFields.ENGLISH_EVENT, english == null ? "" : english.event());
        next.put(IssueFields.ENGLISH_HEADLINE, english == null ? "" : english.headline());
        next.put(IssueFields.ENGLISH_DESCRIPTION, english == null ? "" : english.description());
        next.put(IssueFields.ENGLISH_INSTRUCTION, english == null ? "" : english.instruction());
        return new IssueFields(next);
    }

    /**
     * What stands in the form when another level of the same hazard is chosen: the new template's words where the old
     * one's were untouched; what somebody has changed stays.
     */
    public static IssueFields switched(
            IssueTemplate from, IssueTemplate to, IssueFields fields, Collection<String> channels) {
        IssueFields old = of(from, IssueFields.EMPTY, channels);
        IssueFields wanted = of(to, IssueFields.EMPTY, channels);
        Map<String, String> next = new LinkedHashMap<>(fields.values());
        wanted.values().forEach((name, value) -> {
            if (fields.text(name).equals(old.text(name))) {
                next.put(name, value);
            }
        });
        next.put(IssueFields.TEMPLATE, to.id());
        next.put(IssueFields.LEVEL, to.level().name());
        return new IssueFields(next);
    }

    /** What a form without a template begins with. */
    public static IssueFields free(IssueFields fields, Collection<String> channels) {
        Map<String, String> next = new LinkedHashMap<>(fields.values());
        next.put(IssueFields.HOURS, "24");
        next.put(IssueFields.AUDIENCE, "residents");
        next.put(IssueFields.CHANNELS, usable(List.of(), channels));
        next.put(IssueFields.URGENCY, "Expected");
        next.put(IssueFields.CERTAINTY, "Likely");
        return new IssueFields(next);
    }

    /**
     * What an Update or Cancel of a warning begins with: its words, or those of the end; its area, audience and
     * channels.
     *
     * @param msgType UPDATE or CANCEL
     * @param now the time, for how long an Update still holds
     */
    public IssueFields of(
            Warning before, MsgType msgType, Divisions divisions, Collection<String> channels, Instant now) {
        Alert alert = before.alert();
        Info chinese = info(alert, "zh").orElse(alert.infos().get(0));
        @Nullable Info english = info(alert, "en").orElse(null);
        boolean end = msgType == MsgType.CANCEL;
        String code =
                chinese.eventCodes().stream().map(NamedValue::value).findFirst().orElse("");
        Optional<IssueTemplate> template = templates.list().stream()
                .filter(one -> one.eventCode().equals(code) && one.level() == before.level())
                .findFirst();
        Map<String, String> next = new LinkedHashMap<>();
        next.put(IssueFields.TEMPLATE, template.map(IssueTemplate::id).orElse(""));
        next.put(IssueFields.LEVEL, before.level().name());
        next.put(IssueFields.EVENT_CODE, code);
        next.put(IssueFields.SENDER_NAME, given(chinese.senderName()));
        next.put(IssueFields.CONTACT, given(chinese.contact()));
        next.put(IssueFields.WEB, given(chinese.web()));
        next.put(IssueFields.URGENCY, chinese.urgency().word());
        next.put(IssueFields.CERTAINTY, chinese.certainty().word());
        next.put(IssueFields.HOURS, hoursLeft(chinese, now));
        next.put(IssueFields.EVENT, chinese.event());
        next.put(IssueFields.HEADLINE, end ? "解除" + headline(chinese) : headline(chinese));
        String hazard = template.map(IssueTemplate::hazard).orElse(StandardWords.OTHER);
        next.put(IssueFields.DESCRIPTION, end ? "此前发布的" + headline(chinese) + "已经解除。" : given(chinese.description()));
        next.put(
                IssueFields.INSTRUCTION,
                end ? StandardWords.allClear(known(hazard), "zh-CN") : given(chinese.instruction()));
        if (english != null) {
            next.put(IssueFields.ENGLISH, "on");
            next.put(IssueFields.ENGLISH_EVENT, english.event());
            next.put(IssueFields.ENGLISH_HEADLINE, end ? "All clear: " + headline(english) : headline(english));
            next.put(
                    IssueFields.ENGLISH_DESCRIPTION,
                    end ? "The earlier warning is lifted: " + headline(english) + "." : given(english.description()));
            next.put(
                    IssueFields.ENGLISH_INSTRUCTION,
                    end ? StandardWords.allClear(known(hazard), "en-US") : given(english.instruction()));
        }
        next.put(IssueFields.AUDIENCE, before.audience());
        next.put(IssueFields.CHANNELS, usable(before.channels(), channels));
        next.putAll(area(chinese.areas(), divisions));
        return new IssueFields(next);
    }

    /**
     * What stands in the form of a warning that is there and may still be edited: all that it holds. Its end is said as
     * a time, so that it moves with nobody's typing.
     */
    public IssueFields editing(
            Warning there, Divisions divisions, Collection<String> channels, Instant now, ZoneId zone) {
        IssueFields fields = of(there, MsgType.UPDATE, divisions, channels, now);
        OffsetDateTime expires =
                info(there.alert(), "zh").orElse(there.alert().infos().get(0)).expires();
        return expires == null
                ? fields
                : fields.with(
                        IssueFields.UNTIL,
                        expires.atZoneSameInstant(zone).toLocalDateTime().toString());
    }

    /** The codes of a geocode, those of counties and townships filled up to 12 digits. */
    static List<String> codes(NamedValue geocode) {
        return Arrays.stream(geocode.value().strip().split("[\\s,;，；、]+", -1))
                .map(code -> code.matches("[0-9]{6}|[0-9]{9}") ? code + "0".repeat(12 - code.length()) : code)
                .toList();
    }

    private static Map<String, String> area(List<Area> areas, Divisions divisions) {
        TreeSet<String> codes = new TreeSet<>();
        List<org.tocsin.alert.Polygon> polygons = new ArrayList<>();
        List<org.tocsin.alert.Circle> circles = new ArrayList<>();
        for (Area area : areas) {
            polygons.addAll(area.polygons());
            circles.addAll(area.circles());
            for (NamedValue geocode : area.geocodes()) {
                codes(geocode).stream().filter(Division::isCode).forEach(codes::add);
            }
        }
        List<String> names = areas.stream().map(Area::areaDesc).distinct().toList();
        List<Division> known =
                codes.stream().flatMap(code -> divisions.find(code).stream()).toList();
        boolean made = names.size() == 1
                && names.get(0).equals(Composer.inWords(known, !polygons.isEmpty() || !circles.isEmpty()));
        return Map.of(
                IssueFields.DIVISIONS, String.join(" ", codes),
                IssueFields.SHAPES, new AreaText(polygons, circles, List.of()).lines(),
                IssueFields.AREA_NAME, made ? "" : shortened(String.join("、", names)));
    }

    private static String shortened(String text) {
        return text.length() <= Composer.LINE ? text : text.substring(0, Composer.LINE);
    }

    private static String known(String hazard) {
        return StandardWords.hazards().contains(hazard) ? hazard : StandardWords.OTHER;
    }

    private static Optional<Info> info(Alert alert, String family) {
        return alert.infos().stream()
                .filter(info ->
                        info.language().toLowerCase(java.util.Locale.ROOT).startsWith(family))
                .findFirst();
    }

    private static String headline(Info info) {
        return info.headline() == null ? info.event() : info.headline();
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String hoursLeft(Info info, Instant now) {
        if (info.expires() == null) {
            return "24";
        }
        long minutes = Duration.between(now, info.expires().toInstant()).toMinutes();
        return String.valueOf(Math.max(1, Math.min(Composer.LONGEST.toHours(), (minutes + 59) / 60)));
    }

    private static String usable(Collection<String> wanted, Collection<String> channels) {
        return String.join(
                " ",
                new TreeSet<>(channels)
                        .stream()
                                .filter(channel -> wanted.isEmpty() || wanted.contains(channel))
                                .toList());
    }

    /** Whether a principal's hazards hold a template's event. */
    public static boolean isWithin(Collection<String> hazards, IssueTemplate template) {
        return hazards.isEmpty() || hazards.stream().anyMatch(hazard -> Codes.eventHolds(hazard, template.eventCode()));
    }
}
