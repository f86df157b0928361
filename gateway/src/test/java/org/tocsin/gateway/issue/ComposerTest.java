package org.tocsin.gateway.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.intake.AlertReader;
import org.tocsin.gateway.intake.CapWriter;
import org.tocsin.gateway.intake.Reading;
import org.tocsin.gateway.intake.Wishes;
import org.tocsin.gateway.validation.EventTypes;
import org.tocsin.wording.Wording;

class ComposerTest {
    static final Set<String> CHANNELS = Set.of("sms", "loudspeaker", "screen", "wechat", "app", "email");
    static final OffsetDateTime SENT = OffsetDateTime.parse("2026-07-20T09:00:00+08:00");
    private static final String HOSTILE = "</info><script>alert(1)</script>\"'&\u0000\u202e]]>";
    private final IssueTemplates templates = CatalogueTemplates.standard();
    private final Composer composer = new Composer(templates, EventTypes.standard(), ZoneId.of("Asia/Shanghai"));

    @Test
    void aTemplateAndAnAreaAreAWarning() {
        Composed composed = compose(red());
        Alert alert =
                Objects.requireNonNull(composed.alert(), composed.problems().toString());
        Info chinese = alert.infos().get(0);

        assertEquals(List.of(), composed.notices());
        assertEquals("draft0000000000a", alert.identifier());
        assertEquals(Level.I, Content.level(alert).orElseThrow());
        assertEquals(1, Content.of(alert).size(), "English is a translation, not a second content");
        assertEquals("城关镇、曹集乡", chinese.areas().get(0).areaDesc());
        assertEquals(SENT.plusHours(12), chinese.expires());
        assertEquals(new Wishes(Set.of("residents"), Set.of()), Wishes.of(alert), "all channels are no wish");
        assertEquals(alert, read(alert), "it is what the written CAP says");
    }

    @Test
    void theSentenceStandsBehindTheDescription() {
        Composed composed = compose(red().with(IssueFields.SENTENCE, "毛河桥已封闭。"));

        assertTrue(Objects.requireNonNull(info(composed).description()).endsWith("山边易滑坡。毛河桥已封闭。"));
    }

    @Test
    void channelsThatAreNotAllAreWished() {
        Composed composed = compose(red().with(IssueFields.CHANNELS, "sms screen"));

        assertEquals(
                Set.of("sms", "screen"),
                Wishes.of(Objects.requireNonNull(composed.alert())).channels());
    }

    @Test
    void saysAllThatIsMissingAtOnce() {
        Composed composed = compose(IssueFields.EMPTY);

        assertNull(composed.alert());
        assertEquals(
                new TreeSet<>(Set.of(
                        "level:level",
                        "eventCode:empty",
                        "event:empty",
                        "senderName:empty",
                        "headline:empty",
                        "instruction:empty",
                        "hours:empty",
                        "audience:empty",
                        "channels:channels",
                        "divisions:area.empty")),
                problems(composed));
    }

    @Test
    void saysWhatIsTooLongOrOutOfPlaceWithLimitAndValue() {
        IssueFields wrong = red().with(IssueFields.HEADLINE, "长".repeat(161))
                .with(IssueFields.HOURS, "721")
                .with(IssueFields.CHANNELS, "sms fax")
                .with(IssueFields.DIVISIONS, "411426101000 999999999999")
                .with(IssueFields.SHAPES, "34,116 34.2,116.2 34,116.2 34.2,116\n1 2")
                .with(IssueFields.WEB, "javascript:alert(1)")
                .with(IssueFields.EVENT_CODE, "99Z99")
                .with(IssueFields.URGENCY, "Soon");

        Composed composed = compose(wrong);

        assertEquals(
                new TreeSet<>(Set.of(
                        "headline:long.text",
                        "hours:hours",
                        "channels:channels.unknown",
                        "divisions:division.unknown",
                        "shapes:shape.crossing",
                        "shapes:shape.position",
                        "web:web",
                        "eventCode:eventCode",
                        "urgency:choice")),
                problems(composed));
        assertEquals(
                List.of("160", "161"),
                composed.problems().stream()
                        .filter(problem -> problem.field().equals("headline"))
                        .findFirst()
                        .orElseThrow()
                        .arguments());
    }

    @Test
    void takesATypedEndInTheCountysTimeAndChallengesALongOne() {
        assertEquals(
                OffsetDateTime.parse("2026-07-20T18:30:00+08:00"),
                info(compose(red().with(IssueFields.UNTIL, "2026-07-20T18:30"))).expires());
        assertEquals(
                OffsetDateTime.parse("2026-07-20T18:30:00+08:00"),
                info(compose(red().with(IssueFields.UNTIL, "2026年7月20日 18：30"))).expires());
        assertEquals(Set.of("until:until"), problems(compose(red().with(IssueFields.UNTIL, "2026-02-30 10:00"))));
        assertEquals(Set.of("until:until"), problems(compose(red().with(IssueFields.UNTIL, "morgen"))));
        assertEquals(Set.of("until:until.past"), problems(compose(red().with(IssueFields.UNTIL, "2026-07-20 09:05"))));
        assertEquals(
                "long",
                compose(red().with(IssueFields.HOURS, "73")).notices().get(0).code());
    }

    @Test
    void hostileTextInEveryFieldBecomesProblemsOrInertCap() {
        Map<String, String> all = new HashMap<>();
        IssueFields.BY_STEP.values().forEach(names -> names.forEach(name -> all.put(name, HOSTILE)));
        assertNull(compose(new IssueFields(all)).alert());

        IssueFields texts = red();
        for (String field : List.of(
                IssueFields.EVENT,
                IssueFields.HEADLINE,
                IssueFields.DESCRIPTION,
                IssueFields.SENTENCE,
                IssueFields.INSTRUCTION,
                IssueFields.SENDER_NAME,
                IssueFields.CONTACT,
                IssueFields.AREA_NAME,
                IssueFields.ENGLISH_HEADLINE,
                IssueFields.ENGLISH_EVENT)) {
            texts = texts.with(field, HOSTILE);
        }
        Alert alert = Objects.requireNonNull(compose(texts).alert());
        assertEquals(alert, read(alert));
        assertFalse(CapWriter.write(alert).contains("<script>"));
        for (Preview preview : Preview.of(alert, new TreeSet<>(CHANNELS), Wording.standard())) {
            assertFalse(preview.part("html").contains("<script>"), preview.toString());
            assertTrue(
                    preview.message().parts().values().stream().noneMatch(part -> part.indexOf('\u202e') >= 0),
                    preview.toString());
        }
    }

    @Test
    void aDrillIsOneByItsDoorAndByNothingTyped() {
        IssueDraft drill = draft(Status.EXERCISE, MsgType.ALERT, red());

        Alert alert = Objects.requireNonNull(
                composer.compose(drill, setting(), Counties.view().divisions()).alert());

        assertEquals(Status.EXERCISE, alert.status());
        assertTrue(Preview.of(alert, List.of("sms"), Wording.standard())
                .get(0)
                .part("text")
                .startsWith("【演练】"));
    }

    @Test
    void thePreviewIsWhatTheChannelsCarry() {
        Alert alert = Objects.requireNonNull(compose(red()).alert());
        List<Preview> previews = Preview.of(alert, List.of("sms", "screen", "loudspeaker"), Wording.standard());
        Content content = Content.of(alert).get(0);

        assertEquals(
                List.of("sms zh-CN", "sms en-US", "screen zh-CN", "loudspeaker zh-CN"),
                previews.stream()
                        .map(preview -> preview.channel() + " " + preview.language())
                        .toList());
        for (Preview preview : previews) {
            assertEquals(
                    Wording.standard()
                            .render(alert, content, content.in(preview.language()), preview.channel(), Level.I),
                    preview.message());
        }
        assertEquals(
                previews.get(0).part("text"), String.join("", previews.get(0).segments()));
        assertTrue(previews.get(0).segments().size() > 1);
        assertFalse(previews.get(2).lines().isEmpty());
    }

    static IssueFields red() {
        IssueTemplate template =
                CatalogueTemplates.standard().find("rainstorm-I").orElseThrow();
        return Prefill.of(template, IssueFields.EMPTY, CHANNELS)
                .with(IssueFields.SENDER_NAME, "夏邑县应急管理局")
                .with(IssueFields.DIVISIONS, code("城关镇") + " " + code("曹集乡"));
    }

    static String code(String name) {
        return Counties.view().divisions().all().stream()
                .filter(division -> division.name().equals(name))
                .findFirst()
                .orElseThrow()
                .code();
    }

    static IssueDraft draft(Status status, MsgType msgType, IssueFields fields) {
        return new IssueDraft(
                "draft0000000000a",
                "issuer",
                status,
                msgType,
                null,
                fields,
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                null);
    }

    static Composer.Setting setting() {
        return new Composer.Setting("tocsin", SENT, null, CHANNELS);
    }

    private Composed compose(IssueFields fields) {
        return composer.compose(
                draft(Status.ACTUAL, MsgType.ALERT, fields),
                setting(),
                Counties.view().divisions());
    }

    private static Info info(Composed composed) {
        assertNotNull(composed.alert(), composed.problems().toString());
        return composed.alert().infos().get(0);
    }

    private static Set<String> problems(Composed composed) {
        return composed.problems().stream()
                .map(problem -> problem.field() + ":" + problem.code())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Alert read(Alert alert) {
        Reading reading = new AlertReader(EventTypes.standard())
                .read("application/cap+xml", CapWriter.write(alert).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return ((Reading.Sound) reading).alert();
    }
}
