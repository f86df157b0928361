package org.tocsin.gateway.issue;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Reference;
import org.tocsin.alert.ResponseType;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Urgency;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.intake.Wishes;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.Divisions;
import org.tocsin.gateway.validation.EventTypes;

/** Makes a CAP alert of a form, or says everything that stands against it. Pure; may be used by any thread. */
public final class Composer {
    /** The longest headline, in characters (CAP 1.2, headline: 160 where it is to be sent to phones). */
    public static final int HEADLINE = 160;

    /** The longest description and instruction, in characters. */
    public static final int TEXT = 2_000;

    /** The longest sentence that is added, in characters. */
    public static final int SENTENCE = 200;

    /** The longest event, sender's name, contact and address, in characters. */
    public static final int LINE = 100;

    /** The longest that a warning holds. */
    public static final Duration LONGEST = Duration.ofDays(30);

    /** From this on one is asked whether it is meant: old warnings hide newer ones. */
    public static final Duration LONG = Duration.ofDays(3);

    private static final String EVENT_SCHEME = "国家突发事件预警信息发布系统";
    private static final String DIVISION_SCHEME = "CPEAS Geographic Code";
    private static final int NAMED_DIVISIONS = 12;

    private final IssueTemplates templates;
    private final EventTypes events;
    private final ZoneId zone;

    /** Takes what a form may name. */
    public Composer(IssueTemplates templates, EventTypes events, ZoneId zone) {
        this.templates = templates;
        this.events = events;
        this.zone = zone;
    }

    /**
     * What a form does not say itself.
     *
     * @param sender CAP's sender
     * @param sent when it is sent, whole seconds
     * @param before the warning that it updates or cancels; null for an Alert
     * @param channels the channels that are set up
     */
    public record Setting(String sender, OffsetDateTime sent, @Nullable Warning before, Set<String> channels) {
        /** Copies the set. */
        public Setting {
            channels = Set.copyOf(channels);
        }
    }

    /** Makes the alert of a draft. */
    public Composed compose(IssueDraft draft, Setting setting, Divisions divisions) {
        return new Making(draft, setting, divisions).make();
    }

    /** The event code's name, where the table has it. */
    public Optional<String> eventName(String code) {
        return events.name(code);
    }

    private final class Making {
        private final IssueDraft draft;
        private final IssueFields fields;
        private final Setting setting;
        private final Divisions divisions;
        private final List<FieldProblem> problems = new ArrayList<>();
        private final List<FieldProblem> notices = new ArrayList<>();

        Making(IssueDraft draft, Setting setting, Divisions divisions) {
            this.draft = draft;
            this.fields = draft.fields();
            this.setting = setting;
            this.divisions = divisions;
        }

        Composed make() {
            Optional<IssueTemplate> template = templates.find(fields.text(IssueFields.TEMPLATE));
            Level level = fields.level().orElse(Level.IV);
            if (fields.level().isEmpty()) {
                problem(IssueFields.LEVEL, "level");
            }
            String code = fields.text(IssueFields.EVENT_CODE).strip();
            if (events.name(code).isEmpty()) {
                problem(IssueFields.EVENT_CODE, code.isEmpty() ? "empty" : "eventCode", code);
            }
            String senderName = line(IssueFields.SENDER_NAME);
            String contact = optionalLine(IssueFields.CONTACT);
            String web = web();
            Urgency urgency = isCancel()
                    ? Urgency.PAST
                    : chosen(IssueFields.URGENCY, Urgency.of(fields.text(IssueFields.URGENCY)), Urgency.EXPECTED);
            Certainty certainty =
                    chosen(IssueFields.CERTAINTY, Certainty.of(fields.text(IssueFields.CERTAINTY)), Certainty.LIKELY);
            OffsetDateTime expires = isCancel() ? null : expires();
            List<NamedValue> parameters = parameters();
            List<Area> areas = areas();
            List<Info> infos = new ArrayList<>();
            for (boolean english : new boolean[] {false, true}) {
                if (english && !fields.isOn(IssueFields.ENGLISH)) {
                    continue;
                }
                String event = line(english ? IssueFields.ENGLISH_EVENT : IssueFields.EVENT);
                String headline = text(english ? IssueFields.ENGLISH_HEADLINE : IssueFields.HEADLINE, HEADLINE, true);
                infos.add(new Info(
                        english ? IssueTemplate.ENGLISH : IssueTemplate.CHINESE,
                        List.of(template.map(IssueTemplate::category).orElse(categoryOf(code))),
                        event,
                        isCancel()
                                ? List.of(ResponseType.ALL_CLEAR)
                                : template.map(IssueTemplate::responses).orElse(List.of()),
                        urgency,
                        level.severity(),
                        certainty,
                        null,
                        List.of(new NamedValue(EVENT_SCHEME, code)),
                        null,
                        null,
                        expires,
                        senderName,
                        headline,
                        description(english),
                        text(english ? IssueFields.ENGLISH_INSTRUCTION : IssueFields.INSTRUCTION, TEXT, true),
                        web,
                        contact,
                        parameters,
                        List.of(),
                        areas));
            }
            Alert alert = alert(infos);
            return new Composed(problems.isEmpty() ? alert : null, alert, problems, notices);
        }

        private Alert alert(List<Info> infos) {
            Warning before = setting.before();
            return new Alert(
                    draft.id(),
                    // Only its sender goes on with an alert: who acts here on another's has been asked for the right
                    // to.
                    before == null ? setting.sender() : before.alert().sender(),
                    setting.sent(),
                    draft.status(),
                    draft.msgType(),
                    null,
                    Scope.PUBLIC,
                    null,
                    List.of(),
                    List.of(),
                    draft.status() == org.tocsin.alert.Status.ACTUAL ? null : "演练或测试 exercise or test",
                    before == null
                            ? List.of()
                            : List.of(new Reference(
                                    before.alert().sender(),
                                    before.alert().identifier(),
                                    before.alert().sent())),
                    List.of(),
                    infos);
        }

        private boolean isCancel() {
            return draft.msgType() == MsgType.CANCEL;
        }

        private @Nullable String description(boolean english) {
            String description = text(english ? IssueFields.ENGLISH_DESCRIPTION : IssueFields.DESCRIPTION, TEXT, false);
            String sentence = english ? null : text(IssueFields.SENTENCE, SENTENCE, false);
            if (description == null || sentence == null) {
                return description == null ? sentence : description;
            }
            boolean ended = "。！？!?….".indexOf(description.charAt(description.length() - 1)) >= 0;
            return description + (ended ? "" : "。") + sentence;
        }

        private @Nullable OffsetDateTime expires() {
            String until = fields.text(IssueFields.UNTIL).strip();
            OffsetDateTime end;
            String field = until.isEmpty() ? IssueFields.HOURS : IssueFields.UNTIL;
            if (until.isEmpty()) {
                String hours = fields.text(IssueFields.HOURS).strip();
                if (!hours.matches("[1-9][0-9]{0,3}")) {
                    problem(IssueFields.HOURS, hours.isEmpty() ? "empty" : "hours", LONGEST.toHours(), shown(hours));
                    return null;
                }
                end = setting.sent().plusHours(Integer.parseInt(hours));
            } else {
                LocalDateTime local = local(until);
                if (local == null) {
                    problem(IssueFields.UNTIL, "until", shown(until));
                    return null;
                }
                end = local.atZone(zone).toOffsetDateTime();
            }
            Duration span = Duration.between(setting.sent(), end);
            if (span.compareTo(Duration.ofMinutes(10)) < 0) {
                problem(field, "until.past", shown(until));
            } else if (span.compareTo(LONGEST) > 0) {
                problem(field, "hours", LONGEST.toHours(), span.toHours());
            } else if (span.compareTo(LONG) > 0) {
                notices.add(FieldProblem.of(field, "long", span.toHours()));
            }
            return end;
        }

        private static @Nullable LocalDateTime local(String text) {
            String plain = text.strip()
                    .replace('：', ':')
                    .replace('/', '-')
                    .replace('年', '-')
                    .replace('月', '-')
                    .replace("日", " ")
                    .replaceAll("\\s+", " ")
                    .replace('T', ' ');
            java.util.regex.Matcher parts = java.util.regex.Pattern.compile(
                            "(\\d{4})-(\\d{1,2})-(\\d{1,2}) (\\d{1,2}):(\\d{2})(:\\d{2})?")
                    .matcher(plain);
            if (!parts.matches()) {
                return null;
            }
            try {
                return LocalDateTime.parse(String.format(
                        java.util.Locale.ROOT,
                        "%s-%02d-%02dT%02d:%s",
                        parts.group(1),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)),
                        Integer.parseInt(parts.group(4)),
                        parts.group(5)));
            } catch (DateTimeParseException none) {
                return null;
            }
        }

        private List<NamedValue> parameters() {
            List<NamedValue> parameters = new ArrayList<>();
            String audience = line(IssueFields.AUDIENCE);
            parameters.add(new NamedValue(Wishes.AUDIENCE, audience));
            Set<String> wanted = new TreeSet<>(fields.words(IssueFields.CHANNELS));
            List<String> unknown = wanted.stream()
                    .filter(channel -> !setting.channels().contains(channel))
                    .toList();
            if (wanted.isEmpty()) {
                problem(IssueFields.CHANNELS, "channels");
            } else if (!unknown.isEmpty()) {
                problem(IssueFields.CHANNELS, "channels.unknown", shown(String.join(" ", unknown)));
            }
            if (!wanted.equals(setting.channels())) {
                parameters.add(new NamedValue(Wishes.CHANNELS, String.join(",", wanted)));
            }
            return parameters;
        }

        private List<Area> areas() {
            AreaText drawn = AreaText.read(fields.text(IssueFields.SHAPES));
            for (AreaText.Problem wrong : drawn.problems()) {
                problem(
                        IssueFields.SHAPES,
                        "shape." + wrong.rule().word() + (wrong.position() == 0 ? ".whole" : ""),
                        wrong.line(),
                        wrong.position(),
                        wrong.value());
            }
            List<Division> named = new ArrayList<>();
            List<String> unknown = new ArrayList<>();
            for (String code : fields.words(IssueFields.DIVISIONS)) {
                divisions.find(code).ifPresentOrElse(named::add, () -> unknown.add(code));
            }
            if (!unknown.isEmpty()) {
                problem(IssueFields.DIVISIONS, "division.unknown", shown(String.join(" ", unknown)));
            }
            if (named.size() > SavedArea.MOST_DIVISIONS) {
                problem(IssueFields.DIVISIONS, "divisions.many", SavedArea.MOST_DIVISIONS, named.size());
            }
            if (named.isEmpty() && unknown.isEmpty() && drawn.isEmpty()) {
                problem(IssueFields.DIVISIONS, "area.empty");
            }
            String name = optionalLine(IssueFields.AREA_NAME);
            return List.of(new Area(
                    name == null
                            ? inWords(
                                    named,
                                    !drawn.polygons().isEmpty()
                                            || !drawn.circles().isEmpty())
                            : name,
                    drawn.polygons(),
                    drawn.circles(),
                    named.stream()
                            .map(division -> new NamedValue(DIVISION_SCHEME, division.code()))
                            .toList(),
                    null,
                    null));
        }

        private @Nullable String web() {
            String web = optionalLine(IssueFields.WEB);
            if (web != null && !web.matches("https?://[^\\s<>\"]{3,}")) {
                problem(IssueFields.WEB, "web", shown(web));
            }
            return web;
        }

        private <T> T chosen(String field, Optional<T> value, T otherwise) {
            if (value.isEmpty() && !fields.text(field).isEmpty()) {
                problem(field, "choice", shown(fields.text(field)));
            }
            return value.orElse(otherwise);
        }

        private String line(String field) {
            String text = text(field, LINE, true);
            return text == null ? "" : text.replace('\n', ' ');
        }

        private @Nullable String optionalLine(String field) {
            String text = text(field, LINE, false);
            return text == null ? null : text.replace('\n', ' ');
        }

        private @Nullable String text(String field, int most, boolean needed) {
            String text = plain(fields.text(field));
            if (text.isEmpty()) {
                if (needed) {
                    problem(field, "empty");
                }
                return null;
            }
            if (text.length() > most) {
                problem(field, "long.text", most, text.length());
            }
            return text;
        }

        private void problem(String field, String code, Object... arguments) {
            problems.add(FieldProblem.of(field, code, arguments));
        }
    }

    /** The text without control characters, its line breaks of one kind. */
    static String plain(String text) {
        return text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .strip();
    }

    static String inWords(List<Division> divisions, boolean drawn) {
        Set<String> names = new LinkedHashSet<>();
        divisions.stream().limit(NAMED_DIVISIONS).map(Division::name).forEach(names::add);
        String all = String.join("、", names);
        if (divisions.size() > NAMED_DIVISIONS) {
            all += "等" + divisions.size() + "个区划";
        }
        return drawn ? all.isEmpty() ? "划定区域" : all + "及划定区域" : all;
    }

    private static String shown(String value) {
        return value.length() <= 60 ? value : value.substring(0, 59) + "…";
    }

    /** By the first characters of the event table: natural, accident, health, safety. */
    private static Category categoryOf(String code) {
        return Arrays.stream(new String[][] {
                    {"11A", "Met"},
                    {"11B", "Met"},
                    {"11C", "Geo"},
                    {"11D", "Geo"},
                    {"11G", "Fire"},
                    {"12", "Safety"},
                    {"13", "Health"},
                    {"14", "Security"}
                })
                .filter(pair -> code.startsWith(pair[0]))
                .findFirst()
                .flatMap(pair -> Category.of(pair[1]))
                .orElse(Category.OTHER);
    }
}
