package org.tocsin.gateway.issue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.NamedValue;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.intake.AlertReader;
import org.tocsin.gateway.intake.CapWriter;
import org.tocsin.gateway.intake.Reading;
import org.tocsin.gateway.intake.Wishes;
import org.tocsin.gateway.validation.EventTypes;

class EditingTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant NOW = Instant.parse("2026-07-20T02:00:00Z");
    /** All that CAP has and the form has no field for, and a sentence that is longer than the form takes. */
    private static final String FOREIGN =
            """
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
            <identifier>w-1</identifier><sender>met@xiayi</sender><sent>2026-07-20T08:00:00+08:00</sent>
            <status>Actual</status><msgType>Alert</msgType><source>radar</source><scope>Public</scope>
            <code>profile:x</code><note>by hand</note><incidents>flood-7</incidents>
            <info><language>en-GB</language><category>Met</category><event>Rainstorm</event>
            <responseType>Shelter</responseType><responseType>Monitor</responseType>
            <urgency>Unknown</urgency><severity>Extreme</severity><certainty>Unknown</certainty><audience>drivers</audience>
            <eventCode><valueName>SAME</valueName><value>FFW</value></eventCode>
            <expires>2026-07-20T23:30:15+08:00</expires><senderName>Met office</senderName><headline>Rain</headline>
            <area><areaDesc>two towns</areaDesc><geocode><valueName>c</valueName><value>411426101000</value></geocode></area>
            </info>
            <info><language>zh-CN</language><category>Met</category><category>Safety</category><event>暴雨</event>
            <responseType>Shelter</responseType><urgency>Unknown</urgency><severity>Extreme</severity>
            <certainty>Unknown</certainty><audience>司机</audience>
            <eventCode><valueName>国家</valueName><value>11B03</value></eventCode>
            <eventCode><valueName>SAME</valueName><value>FFW</value></eventCode>
            <effective>2026-07-20T08:00:00+08:00</effective><onset>2026-07-20T09:00:00+08:00</onset>
            <expires>2026-07-20T23:30:15+08:00</expires><senderName>夏邑县气象台</senderName>
            <description>LONG</description><instruction>请避雨。</instruction>
            <parameter><valueName>rain.mm</valueName><value>250</value></parameter>
            <parameter><valueName>tocsin.audience</valueName><value>residents</value></parameter>
            <parameter><valueName>tocsin.channels</valueName><value>sms, fax</value></parameter>
            <resource><resourceDesc>图</resourceDesc><mimeType>image/png</mimeType><uri>https://x.example/a.png</uri></resource>
            <area><areaDesc>城关镇</areaDesc><geocode><valueName>c</valueName><value>411426101</value></geocode></area>
            <area><areaDesc>河边</areaDesc><polygon>34,116 34.2,116 34.2,116.2 34,116</polygon>
            <circle>34.1,116.1 3</circle></area>
            </info></alert>"""
                    .replace("LONG", "雨".repeat(3_000));

    private final IssueTemplates templates = CatalogueTemplates.standard();
    private final Composer composer = new Composer(templates, EventTypes.standard(), ZONE);

    @Test
    void whatIsNotTouchedStaysAsItWasWithAllThatTheFormCannotShow() {
        Alert there = read(FOREIGN);

        Alert after = edited(there, first(there));

        assertEquals(List.of(), Editing.bars(warning(there, false)));
        assertEquals(
                List.of("zh-CN", "en-GB"),
                after.infos().stream().map(Info::language).toList());
        assertEquals(Set.copyOf(there.infos()), Set.copyOf(after.infos()));
        assertEquals(there, withInfos(after, there.infos()), "and the head");
        assertEquals(after, read(CapWriter.write(after)), "as it is written");
    }

    @Test
    void whatIsChangedIsChangedAndNothingElse() {
        Alert there = read(FOREIGN);
        IssueFields typed = first(there)
                .with(IssueFields.DESCRIPTION, "雨更大了。")
                .with(IssueFields.SENTENCE, "桥已封闭。")
                .with(IssueFields.CHANNELS, "sms email")
                .with(IssueFields.UNTIL, "2026-07-21T06:00");

        Info old = chinese(there);
        Info now = chinese(edited(there, typed));

        assertEquals("雨更大了。桥已封闭。", now.description());
        assertEquals(
                Instant.parse("2026-07-20T22:00:00Z"),
                Objects.requireNonNull(now.expires()).toInstant());
        assertEquals(Set.of("sms", "email"), Wishes.of(edited(there, typed)).channels());
        assertEquals(new NamedValue("rain.mm", "250"), now.parameters().get(0));
        assertEquals(old.resources(), now.resources());
        assertEquals(old.eventCodes(), now.eventCodes());
        assertEquals(old.areas(), now.areas());
        assertEquals(old.onset(), now.onset());
        assertEquals(old.urgency(), now.urgency());
        assertEquals(old.instruction(), now.instruction());
    }

    @Test
    void anotherAreaLevelOrNumberOfHoursIsThatOfTheForm() {
        Alert there = read(FOREIGN);
        IssueFields typed = first(there)
                .with(IssueFields.DIVISIONS, ComposerTest.code("曹集乡"))
                .with(IssueFields.SHAPES, "")
                .with(IssueFields.AREA_NAME, "")
                .with(IssueFields.LEVEL, "II")
                .with(IssueFields.UNTIL, "")
                .with(IssueFields.HOURS, "6");

        Alert after = edited(there, typed);

        assertEquals(Level.II, Content.level(after).orElseThrow());
        after.infos().forEach(info -> {
            assertEquals("曹集乡", info.areas().get(0).areaDesc());
            assertEquals(ComposerTest.SENT.plusHours(6), info.expires());
        });
        assertEquals(there.sent(), after.sent(), "it was first said then");
    }

    @Test
    void englishThatIsTakenOutIsGone() {
        Alert there = read(FOREIGN);

        assertEquals(
                List.of("zh-CN"),
                edited(there, first(there).with(IssueFields.ENGLISH, "")).infos().stream()
                        .map(Info::language)
                        .toList());
    }

    @Test
    void saysWhatItCannotShowAndWouldLose() {
        assertEquals(List.of("signed:"), bars(warning(read(FOREIGN), true)));
        assertEquals(List.of("wordless:", "language:fr"), bars(FOREIGN.replace("zh-CN", "fr")));
        assertEquals(List.of("twice:2"), bars(FOREIGN.replace("en-GB", "zh-TW")));
        assertEquals(List.of("endless:"), bars(FOREIGN.replaceAll("<expires>[^<]*</expires>", "")));
        assertEquals(
                List.of("height:120.0"),
                bars(FOREIGN.replace("</circle></area>", "</circle><altitude>120</altitude></area>")));
        assertEquals(List.of("geocode:c=XY-3"), bars(FOREIGN.replace(">411426101<", ">XY-3<")));
        assertEquals(List.of("long:10001"), bars(FOREIGN.replace("请避雨。", "雨".repeat(10_001))));
        assertEquals(
                List.of("shapes:52 / 4"),
                bars(FOREIGN.replace(
                        "</circle></area>", "</circle>" + "<circle>34,116 1</circle>".repeat(50) + "</area>")));
    }

    private static List<String> bars(String cap) {
        return bars(warning(read(cap), false));
    }

    private static List<String> bars(Warning warning) {
        return Editing.bars(warning).stream()
                .map(bar -> bar.code() + ":" + bar.value())
                .toList();
    }

    private IssueFields first(Alert there) {
        return new Prefill(templates)
                .editing(warning(there, false), Counties.view().divisions(), ComposerTest.CHANNELS, NOW, ZONE);
    }

    private Alert edited(Alert there, IssueFields typed) {
        Composed made = composer.compose(
                ComposerTest.draft(there.status(), there.msgType(), typed),
                ComposerTest.setting(),
                Counties.view().divisions());
        Composed composed = Editing.of(there, first(there), typed, made);
        assertNotNull(composed.alert(), composed.problems().toString());
        assertNotEquals(ComposerTest.SENT, composed.alert().sent());
        return composed.alert();
    }

    private static Alert withInfos(Alert alert, List<Info> infos) {
        return new Alert(
                alert.identifier(),
                alert.sender(),
                alert.sent(),
                alert.status(),
                alert.msgType(),
                alert.source(),
                alert.scope(),
                alert.restriction(),
                alert.addresses(),
                alert.codes(),
                alert.note(),
                alert.references(),
                alert.incidents(),
                infos);
    }

    private static Info chinese(Alert alert) {
        return alert.infos().stream()
                .filter(info -> info.language().startsWith("zh"))
                .findFirst()
                .orElseThrow();
    }

    private static Alert read(String cap) {
        Reading reading = new AlertReader(EventTypes.standard()).read("application/cap+xml", cap.getBytes(UTF_8));
        return assertInstanceOf(Reading.Sound.class, reading, reading.toString())
                .alert();
    }

    private static Warning warning(Alert alert, boolean signed) {
        Wishes wishes = Wishes.of(alert);
        return new Warning(
                "w1",
                "w1",
                null,
                "short",
                alert,
                new byte[0],
                "application/cap+xml",
                "hash",
                WarningState.RETURNED,
                Content.level(alert).orElseThrow(),
                3,
                List.of(),
                List.of(),
                List.of("wang"),
                List.of(),
                signed,
                wishes.audiences().iterator().next(),
                wishes.channels(),
                null,
                NOW,
                NOW,
                null,
                null);
    }
}
