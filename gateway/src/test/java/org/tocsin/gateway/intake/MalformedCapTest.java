package org.tocsin.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What CAP 1.2 forbids, case by case: one change to a good alert, one problem with its code and place. */
class MalformedCapTest {
    private static final String TIME = "2026-07-20T08:00:00+08:00";
    private static final String INFO = "/alert/info[1]";
    private static final String AREA = INFO + "/area[1]";

    private static Arguments of(String from, String to, String... told) {
        return Arguments.of(from, to, List.of(told));
    }

    private static Arguments sent(String time) {
        return of("<sent>" + TIME, "<sent>" + time, "date-time /alert/sent");
    }

    private static Arguments polygon(String points, String code) {
        return of("34,115 34,116 35,116 34,115", points, code + " " + AREA + "/polygon[1]");
    }

    private static Arguments circle(String text, String code) {
        return of("34,116 5", text, code + " " + AREA + "/circle[1]");
    }

    private static Arguments drop(String element, String path) {
        return of(element, "", "missing " + path);
    }

    static Stream<Arguments> cases() {
        return Stream.of(names(), times(), cardinality(), words(), structure(), conditions(), shapes(), values())
                .flatMap(cases -> cases);
    }

    private static Stream<Arguments> names() {
        return Stream.of(
                of(">a-1<", "><", "empty /alert/identifier"),
                of(">a-1<", ">a 1<", "forbidden-character /alert/identifier"),
                of(">a-1<", ">a,1<", "forbidden-character /alert/identifier"),
                of(">a-1<", ">a&lt;1<", "forbidden-character /alert/identifier"),
                of(">a-1<", ">a&amp;1<", "forbidden-character /alert/identifier"),
                of(">a-1<", ">\n a-1\n<", "forbidden-character /alert/identifier"),
                of(">s@example.cn<", ">s example<", "forbidden-character /alert/sender"),
                of(">s@example.cn<", ">a,b<", "forbidden-character /alert/sender"),
                of(">s@example.cn<", "><", "empty /alert/sender"));
    }

    private static Stream<Arguments> times() {
        return Stream.of(
                sent("2026-07-20T00:00:00Z"),
                sent("2026-07-20T08:00:00"),
                sent("2026-07-20 08:00:00+08:00"),
                sent("2026-07-20T08:00+08:00"),
                sent("2026-07-20T08:00:00.5+08:00"),
                sent("2026-07-20T08:00:00+0800"),
                sent("2026-07-20T08:00:00,08:00"),
                sent("2026-02-30T08:00:00+08:00"),
                sent("2026-13-01T08:00:00+08:00"),
                sent("2026-07-20T25:00:00+08:00"),
                sent("2026-07-20T08:00:00+15:00"),
                sent("26-07-20T08:00:00+08:00"),
                sent("２０26-07-20T08:00:00+08:00"),
                sent(""),
                sent("0000-01-01T00:00:00-00:00"),
                sent("0000-12-31T23:59:59-14:00"),
                of("<expires>2026", "<expires>0000", "date-time " + INFO + "/expires"),
                of(
                        "<info>\n",
                        "<references>s,i,0000-07-20T00:00:00+08:00</references><info>\n",
                        "reference /alert/references"),
                of("<expires>2026-07-20T20:00:00+08:00", "<expires>tomorrow", "date-time " + INFO + "/expires"),
                of("<expires>", "<effective>now</effective><expires>", "date-time " + INFO + "/effective"),
                of("<expires>", "<onset>soon</onset><expires>", "date-time " + INFO + "/onset"));
    }

    private static Stream<Arguments> cardinality() {
        return Stream.of(
                drop("<identifier>a-1</identifier>", "/alert/identifier"),
                drop("<sender>s@example.cn</sender>", "/alert/sender"),
                drop("<sent>" + TIME + "</sent>", "/alert/sent"),
                drop("<status>Actual</status>", "/alert/status"),
                drop("<msgType>Alert</msgType>", "/alert/msgType"),
                drop("<scope>Public</scope>", "/alert/scope"),
                drop("<category>Met</category>", INFO + "/category"),
                drop("<event>暴雨</event>", INFO + "/event"),
                drop("<urgency>Immediate</urgency>", INFO + "/urgency"),
                drop("<severity>Extreme</severity>", INFO + "/severity"),
                drop("<certainty>Observed</certainty>", INFO + "/certainty"),
                drop("<areaDesc>夏邑县</areaDesc>", AREA + "/areaDesc"),
                drop("<resourceDesc>picture</resourceDesc>", INFO + "/resource[1]/resourceDesc"),
                drop("<mimeType>image/png</mimeType>", INFO + "/resource[1]/mimeType"),
                drop("<valueName>EventCode</valueName>", INFO + "/eventCode[1]/valueName"),
                drop("<value>11B03</value>", INFO + "/eventCode[1]/value"),
                drop("<value>411426000000</value>", AREA + "/geocode[1]/value"),
                of("<status>", "<status>Test</status><status>", "too-many /alert/status[2]"),
                of("<event>", "<event>a</event><event>", "too-many " + INFO + "/event[2]"),
                of("<expires>", "<expires>" + TIME + "</expires><expires>", "too-many " + INFO + "/expires[2]"),
                of("<areaDesc>", "<areaDesc>a</areaDesc><areaDesc>", "too-many " + AREA + "/areaDesc[2]"));
    }

    private static Stream<Arguments> words() {
        return Stream.of(
                of(">Actual<", ">actual<", "word /alert/status"),
                of(">Actual<", "> Actual <", "word /alert/status"),
                of(">Actual<", "><", "word /alert/status"),
                of("<msgType>Alert", "<msgType>Warning", "word /alert/msgType"),
                of(">Public<", ">Everybody<", "word /alert/scope"),
                of(">Met<", ">Weather<", "word " + INFO + "/category[1]"),
                of("<urgency>", "<responseType>Flee</responseType><urgency>", "word " + INFO + "/responseType[1]"),
                of(">Immediate<", ">Now<", "word " + INFO + "/urgency"),
                of(">Extreme<", ">Red<", "word " + INFO + "/severity"),
                of(">Observed<", ">Very Likely<", "word " + INFO + "/certainty"));
    }

    private static Stream<Arguments> structure() {
        return Stream.of(
                of("<sender>s@example.cn</sender>\n", "", "missing /alert/sender"),
                of("<scope>", "<colour>red</colour><scope>", "unknown-element /alert/colour"),
                of("<urgency>", "<level>1</level><urgency>", "unknown-element " + INFO + "/level"),
                of("<scope>", "<scope xmlns='urn:x'>Public</scope><scope>", "unknown-element /alert/scope"),
                of("<category>", "<code>1</code><category>", "unknown-element " + INFO + "/code"),
                of("<status>", "<status lang='zh'>", "unknown-attribute /alert/status"),
                of("<info>", "<info id='1'>", "unknown-attribute " + INFO),
                of("<info>", "<info>word", "unexpected-text " + INFO),
                of("<event>暴雨</event>", "<event><b>暴雨</b></event>", "unknown-element " + INFO + "/event/b"),
                of("</info>", "</info><note>late</note>", "order /alert/note"),
                of(
                        "<event>暴雨</event>\n<urgency>Immediate</urgency>",
                        "<urgency>Immediate</urgency><event>暴雨</event>",
                        "order " + INFO + "/event"),
                of("<polygon>", "<circle>34,116 5</circle><polygon>", "order " + AREA + "/polygon[1]"),
                of(
                        "<info>\n<category>",
                        "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/><info>\n<category>",
                        "order " + INFO));
    }

    private static Stream<Arguments> conditions() {
        return Stream.of(
                of(">Public<", ">Restricted<", "missing /alert/restriction"),
                of(">Public<", ">Private<", "missing /alert/addresses"),
                of("</scope>", "</scope><restriction>staff</restriction>", "restriction-unneeded /alert/restriction"),
                of(
                        "<geocode>",
                        "<ceiling>10</ceiling><geocode>",
                        "order " + AREA + "/geocode[1]",
                        "ceiling-without-altitude " + AREA + "/ceiling"),
                of("</geocode>", "</geocode><ceiling>10</ceiling>", "ceiling-without-altitude " + AREA + "/ceiling"));
    }

    private static Stream<Arguments> shapes() {
        return Stream.of(
                polygon("", "polygon-too-short"),
                polygon("34,115 34,116 34,115", "polygon-too-short"),
                polygon("34,115 34,116 35,116 35,115", "polygon-open"),
                polygon("34,115 34,116 91,116 34,115", "position"),
                polygon("34,115 34,181 35,116 34,115", "position"),
                polygon("34 115 34 116", "position"),
                polygon("34,115 34,116 35,NaN 34,115", "position"),
                polygon("34,115 34,116 35,1e2 34,115", "position"),
                polygon("34,115 34,116 35,0x10 34,115", "position"),
                polygon("34,115,0 34,116,0 35,116,0 34,115,0", "position"),
                circle("34,116", "circle"),
                circle("", "circle"),
                circle("34,116 -1", "radius"),
                circle("34,116 far", "radius"),
                circle("34,116 Infinity", "radius"),
                circle("34;116 5", "position"),
                circle("134,116 5", "position"),
                of("</geocode>", "</geocode><altitude>high</altitude>", "number " + AREA + "/altitude"),
                of("</geocode>", "</geocode><altitude>1e3</altitude>", "number " + AREA + "/altitude"));
    }

    private static Stream<Arguments> values() {
        String resource = INFO + "/resource[1]";
        return Stream.of(
                of("<info>\n", "<references>a,b</references><info>\n", "reference /alert/references"),
                of("<info>\n", "<references>s,i,yesterday</references><info>\n", "reference /alert/references"),
                of("<info>\n", "<references>s,i," + TIME + ",x</references><info>\n", "reference /alert/references"),
                of("<info>\n", "<references>,i," + TIME + "</references><info>\n", "reference /alert/references"),
                of(
                        "<info>\n",
                        "<references>s,i,2026-07-20T00:00:00Z</references><info>\n",
                        "reference /alert/references"),
                of("<info>\n", "<incidents>\"open</incidents><info>\n", "quotes /alert/incidents"),
                of("<category>", "<language>中文</language><category>", "language " + INFO + "/language"),
                of("<event>暴雨<", "<event> <", "empty " + INFO + "/event"),
                of(
                        "<areaDesc>夏邑县<",
                        "<areaDesc/><!-- --><areaDesc>x<",
                        "empty " + AREA + "/areaDesc",
                        "too-many " + AREA + "/areaDesc[2]"),
                of("<resource>", "<web>weather</web><resource>", "uri " + INFO + "/web"),
                of("<resource>", "<web>http://a b</web><resource>", "uri " + INFO + "/web"),
                of("</mimeType>", "</mimeType><size>big</size>", "number " + resource + "/size"),
                of("</mimeType>", "</mimeType><size>-1</size>", "number " + resource + "/size"),
                of("</mimeType>", "</mimeType><size>99999999999999999999</size>", "number " + resource + "/size"),
                of("</mimeType>", "</mimeType><uri>a b</uri>", "uri " + resource + "/uri"),
                of("</mimeType>", "</mimeType><derefUri>*</derefUri>", "base64 " + resource + "/derefUri"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefusedWithCodeAndPlace(String from, String to, List<String> told) {
        String good = Samples.small();
        assertTrue(good.contains(from), from);
        Reading.Faulty faulty = Samples.faulty(
                Samples.XML,
                good.replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to)));
        assertEquals(400, faulty.status());
        assertEquals(told, Samples.told(faulty.problems()));
        faulty.problems()
                .forEach(problem ->
                        assertTrue(problem.message().matches("(?s).*\\(line \\d+, column \\d+\\)"), problem.message()));
    }

    @Test
    void allProblemsAreToldAtOnce() {
        String bad = Samples.small()
                .replace(">Actual<", ">Real<")
                .replace("+08:00</sent>", "Z</sent>")
                .replace(">Extreme<", ">Red<")
                .replace("34,115 34,116 35,116 34,115", "34,115")
                .replace("<event>暴雨</event>", "");
        assertEquals(
                List.of(
                        "date-time /alert/sent",
                        "word /alert/status",
                        "word " + INFO + "/severity",
                        "polygon-too-short " + AREA + "/polygon[1]",
                        "missing " + INFO + "/event"),
                Samples.told(Samples.faulty(Samples.XML, bad).problems()));
    }

    @Test
    void messageNamesRuleValueAndLine() {
        String message = Samples.faulty(Samples.XML, Samples.small().replace(">Extreme<", ">Red<"))
                .problems()
                .get(0)
                .message();
        assertEquals(
                "severity must be one of Extreme, Severe, Moderate, Minor, Unknown, was 'Red' (line 12, column 11)",
                message);
    }

    @Test
    void countlessProblemsAreCutAndCounted() {
        Reading.Faulty faulty =
                Samples.faulty(Samples.XML, Samples.small().replace("<scope>", "<x/>".repeat(5_000) + "<scope>"));
        assertEquals(1_001, faulty.problems().size());
        assertEquals("more-problems", faulty.problems().get(1_000).code());
    }
}
