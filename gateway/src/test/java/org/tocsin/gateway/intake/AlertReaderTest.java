package org.tocsin.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Circle;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Position;
import org.tocsin.alert.Reference;
import org.tocsin.alert.Resource;
import org.tocsin.alert.ResponseType;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;

/** What good messages say once read. */
class AlertReaderTest {
    private static final OffsetDateTime SENT = OffsetDateTime.parse("2026-07-20T08:00:00+08:00");

    @Test
    void capIsReadWhole() {
        Reading.Sound sound = Samples.sound(Samples.XML, Samples.text("rainstorm-red.xml"));
        Alert alert = sound.alert();
        assertEquals(Dialect.CAP_1_2, sound.dialect());
        assertFalse(sound.signed());
        assertEquals("41142641600000_20260720080000", alert.identifier());
        assertEquals(SENT, alert.sent());
        assertEquals(List.of("rain-2026", "夏邑 暴雨"), alert.incidents());
        assertEquals(3, alert.infos().size());
        Info info = alert.infos().get(0);
        assertEquals(List.of(ResponseType.SHELTER, ResponseType.AVOID), info.responseTypes());
        assertEquals("预计未来3小时降雨量将达100毫米以上，<局地> & 山区更大。", info.description());
        assertEquals("停止集会、停课、停业。\n请勿进入地下空间。", info.instruction());
        assertEquals(
                new Resource(
                        "雷达图", "image/png", 4L, "radar.png", "iVBORw==", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
                info.resources().get(0));
        Area area = info.areas().get(0);
        assertEquals(
                new NamedValue("CPEAS Geographic Code", "411426000000"),
                area.geocodes().get(0));
        assertEquals(
                new Circle(new Position(34.24, 116.13), 12.5), area.circles().get(0));
        assertEquals(5, area.polygons().get(0).positions().size());
        assertEquals(1000.5, area.ceiling());
    }

    @Test
    void infosThatDifferInLanguageAloneAreOneContent() {
        List<Content> contents = Content.of(Samples.alert(Samples.XML, Samples.text("rainstorm-red.xml")));
        assertEquals(2, contents.size());
        assertEquals("en-US", contents.get(0).in("en").language());
        assertEquals(Level.III, contents.get(1).level().orElseThrow());
    }

    @Test
    void jsonSaysTheSameAsXml() {
        Alert json = Samples.alert(Samples.JSON, Samples.text("rainstorm-red.json"));
        assertEquals(json, Samples.alert(Samples.XML, CapWriter.write(json)));
        assertEquals(4L, json.infos().get(0).resources().get(0).size());
        assertEquals(0.0, json.infos().get(0).areas().get(0).altitude());
        assertEquals(Samples.alert(Samples.XML, Samples.small()), Samples.alert(Samples.JSON, Samples.smallJson()));
    }

    @Test
    void languageIsEnglishWhereNotSaid() {
        assertEquals("en-US", info(Samples.small()).language());
        assertEquals(
                "en-US",
                info(Samples.small().replace("<category>", "<language/><category>"))
                        .language());
    }

    @Test
    void commentsInstructionsAndSectionsDoNotDisturb() {
        String busy = "<?xml version='1.0'?><!-- a --><?b c?>"
                + Samples.small()
                        .replace("暴雨", "暴<!-- x --><![CDATA[雨]]><?y z?>")
                        .replace("<event>", "\n<!-- d -->\t<event>\n  ")
                        .replace("a-1", "a<!-- -->-1")
                        .replace("34,115 34,116 35,116 34,115", "\n34,115\t34,116\r\n 35,116  34,115 ")
                + "<!-- e -->";
        assertEquals(Samples.alert(Samples.XML, Samples.small()), Samples.alert(Samples.XML, busy));
    }

    @Test
    void aPrefixForTheNamespaceIsTaken() {
        String prefixed =
                Samples.small().replaceAll("<(/?)([a-zA-Z])", "<$1cap:$2").replace("xmlns=", "xmlns:cap=");
        assertEquals(Samples.alert(Samples.XML, Samples.small()), Samples.alert(Samples.XML, prefixed));
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,", "GBK,", "GB18030,", "UTF-16,", "GB2312,", "UTF-16BE,UTF-16BE", "GBK,GBK", "UTF-8,utf-8"})
    void declaredEncodingsAreRead(String encoding, String charset) {
        String declared = "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n" + Samples.small();
        String type = charset == null ? "text/xml" : "Application/XML; charset=\"" + charset + "\"; q=1";
        assertEquals(
                Samples.alert(Samples.XML, Samples.small()),
                Samples.sound(Samples.read(type, declared.getBytes(Charset.forName(encoding))))
                        .alert());
    }

    @Test
    void byteOrderMarksAreRead() {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            byte[] body = ("\uFEFF" + Samples.small()).getBytes(charset);
            assertEquals(
                    "暴雨",
                    Samples.sound(Samples.read(Samples.XML, body))
                            .alert()
                            .infos()
                            .get(0)
                            .event());
        }
        byte[] unmarked = Samples.small().getBytes(StandardCharsets.UTF_16LE);
        assertEquals(
                "暴雨",
                Samples.sound(Samples.read(Samples.XML, unmarked))
                        .alert()
                        .infos()
                        .get(0)
                        .event());
    }

    @Test
    void signatureIsAcceptedAndTold() {
        String signature = "<ds:Signature xmlns:ds='http://www.w3.org/2000/09/xmldsig#'><ds:SignedInfo Id='x'>"
                + "<ds:Reference URI=''/></ds:SignedInfo></ds:Signature>";
        Reading.Sound sound = Samples.sound(Samples.XML, Samples.small().replace("</info>", "</info>" + signature));
        assertTrue(sound.signed());
        assertEquals(Samples.alert(Samples.XML, Samples.small()), sound.alert());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-00:00", "+00:00", "-11:30", "+14:00"})
    void offsetsAreKept(String offset) {
        Alert alert = Samples.alert(Samples.XML, Samples.small().replace("08:00:00+08:00", "08:00:00" + offset));
        assertEquals(
                OffsetDateTime.parse("2026-07-20T08:00:00" + offset.replace('-', offset.equals("-00:00") ? '+' : '-')),
                alert.sent());
    }

    @Test
    void referencesAreReadAsTriplesOrAsAKnownIdentifier() {
        Alert alert = Samples.alert(
                Samples.XML,
                Samples.small()
                        .replace("<msgType>Alert", "<msgType>Update")
                        .replace("<info>", "<references>s,i,2026-07-20T08:00:00+08:00\n a-0</references>" + "<info>"));
        assertEquals(MsgType.UPDATE, alert.msgType());
        assertEquals(List.of(new Reference("s", "i", SENT), new Reference(null, "a-0", null)), alert.references());
    }

    @Test
    void restrictedAndPrivateAlertsAreReadWithTheirConditions() {
        Alert restricted = Samples.alert(
                Samples.XML,
                Samples.small()
                        .replace("<scope>Public</scope>", "<scope>Restricted</scope><restriction>staff</restriction>"));
        assertEquals("staff", restricted.restriction());
        Alert closed = Samples.alert(
                Samples.XML,
                Samples.small()
                        .replace(
                                "<scope>Public</scope>",
                                "<scope>Private</scope><addresses>a@b \"Duty Room 1\"</addresses>"));
        assertEquals(List.of("a@b", "Duty Room 1"), closed.addresses());
    }

    @Test
    void cancelWithoutInfoIsCap() {
        String cancel =
                Samples.small().replace("<msgType>Alert", "<msgType>Cancel").replaceAll("(?s)<info>.*</info>", "");
        assertEquals(List.of(), Samples.alert(Samples.XML, cancel).infos());
    }

    @Test
    void cap11IsReadAsSuch() {
        String old = Samples.small()
                .replace("cap:1.2", "cap:1.1")
                .replace("2026-07-20T08:00:00+08:00", "2026-07-20T00:00:00.25Z")
                .replace("<mimeType>image/png</mimeType>", "");
        Reading.Sound sound = Samples.sound(Samples.XML, old);
        assertEquals(Dialect.CAP_1_1, sound.dialect());
        assertEquals(OffsetDateTime.parse("2026-07-20T00:00:00Z"), sound.alert().sent());
        assertNull(sound.alert().infos().get(0).resources().get(0).mimeType());
        assertEquals(
                List.of("word /alert/info[1]/responseType[1]"),
                Samples.told(Samples.faulty(
                                Samples.XML, old.replace("<urgency>", "<responseType>AllClear</responseType><urgency>"))
                        .problems()));
    }

    @Test
    void bulletinIsPutIntoCapsWords() {
        Reading.Sound sound = Samples.sound(Samples.XML, Samples.text("bulletin-12379.xml"));
        Alert alert = sound.alert();
        assertEquals(Dialect.BULLETIN_12379, sound.dialect());
        assertEquals("夏邑县气象台", alert.sender());
        assertEquals(SENT, alert.sent());
        assertEquals(Status.ACTUAL, alert.status());
        assertEquals(Scope.PUBLIC, alert.scope());
        assertEquals(List.of("SMS", "LED"), alert.codes());
        Info info = alert.infos().get(0);
        assertEquals(Severity.EXTREME, info.severity());
        assertEquals(List.of(Category.MET), info.categories());
        assertEquals(List.of(new NamedValue("eventType", "11B03")), info.eventCodes());
        assertEquals(SENT, info.effective());
        assertNull(info.onset());
        assertNull(info.web());
        assertTrue(info.parameters().contains(new NamedValue("12379.message.SMS", "暴雨红色预警，请立即避险。")));
        assertTrue(info.parameters().contains(new NamedValue("12379.senderCode", "41142641600000")));
        assertTrue(info.parameters().contains(new NamedValue("12379.web", "无")));
        Area area = info.areas().get(0);
        assertEquals(
                List.of("411426000000", "411425000000"),
                area.geocodes().stream().map(NamedValue::value).toList());
        assertEquals(12.5, area.circles().get(0).radiusKilometres());
        assertEquals(List.of(), area.polygons());
    }

    @ParameterizedTest
    @CsvSource({"Red,EXTREME", "Orange,SEVERE", "Yellow,MODERATE", "Blue,MINOR", "Unknown,UNKNOWN", "RED,EXTREME"})
    void bulletinsColoursAreSeverities(String colour, Severity severity) {
        String bulletin = Samples.text("bulletin-12379.xml").replace(">Red<", ">" + colour + "<");
        assertEquals(severity, info(bulletin).severity());
    }

    @Test
    void bulletinsReferenceIsTheFirstIssuesIdentifier() {
        Alert alert = Samples.alert(
                Samples.XML,
                Samples.text("bulletin-12379.xml")
                        .replace("<msgType>Alert", "<msgType>Update")
                        .replace("<references/>", "<references>41142641600000_20260720070000</references>")
                        .replace("2026-07-20 08:00:00+08:00</sendTime>", "2026-07-20 08:00:00</sendTime>"));
        assertEquals(List.of(new Reference(null, "41142641600000_20260720070000", null)), alert.references());
        assertEquals(SENT, alert.sent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01 00:00:00", "0000-01-01T00:00:00+08:00"})
    void bulletinsHaveNoYearZeroEither(String time) {
        String bulletin = Samples.text("bulletin-12379.xml")
                .replace("2026-07-20 08:00:00+08:00</sendTime>", time + "</sendTime>");
        assertEquals(
                List.of("date-time /alert/sendTime"),
                Samples.told(Samples.faulty(Samples.XML, bulletin).problems()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01T00:00:00Z", "0000-01-01T00:00:00.5+08:00"})
    void cap11HasNoYearZeroEither(String time) {
        String cap = Samples.small()
                .replace("cap:1.2", "cap:1.1")
                .replace("2026-07-20T08:00:00+08:00</sent>", time + "</sent>");
        assertEquals(
                List.of("date-time /alert/sent"),
                Samples.told(Samples.faulty(Samples.XML, cap).problems()));
    }

    @Test
    void bulletinsSenderWithBlanksGivesWayToItsCode() {
        Alert alert = Samples.alert(
                Samples.XML, Samples.text("bulletin-12379.xml").replace(">夏邑县气象台</sender>", ">夏邑县 气象台</sender>"));
        assertEquals("41142641600000", alert.sender());
    }

    @Test
    void bulletinsFaultsAreAllTold() {
        String bad = Samples.text("bulletin-12379.xml")
                .replace(">Red<", ">Pink<")
                .replace("2026-07-20 08:00:00+08:00</sendTime>", "20.7.2026</sendTime>")
                .replace("<eventType>11B03</eventType>", "")
                .replace("34.24,116.13 12500", "34.24 116.13");
        assertEquals(
                List.of(
                        "date-time /alert/sendTime",
                        "word /alert/info[1]/severity",
                        "position /alert/info[1]/area[1]/circle[1]",
                        "missing /alert/info[1]/eventType"),
                Samples.told(Samples.faulty(Samples.XML, bad).problems()));
    }

    private static Info info(String xml) {
        return Samples.alert(Samples.XML, xml).infos().get(0);
    }
}
