package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.Summaries;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class ReportTest {
    @Test
    void theReportIsForAllWhoMayReadTheWarning(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String id = gateway.signed("A1");
            assertEquals(404, gateway.get(Role.AUDITOR, path(id, "report")).statusCode(), "nothing is measured yet");
            gateway.reported = reported(Summaries.of(id, Summaries.SIGNED, 30));

            HttpResponse<String> answer = gateway.get(Role.REVIEWER, path(id, "report"));

            assertEquals(200, answer.statusCode());
            JsonNode json = TestGateway.json(answer);
            assertEquals(0.95, json.at("/goal/share").asDouble());
            assertEquals(30, json.path("villages").size());
            assertEquals(50, json.at("/channels/0/failures/unreachable").asInt());
            assertEquals(401, gateway.get(null, path(id, "report")).statusCode());
        }
    }

    @Test
    void namesAreForAuditorsIssuersAndSignersAlone(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String id = gateway.signed("A1");

            for (Role role : Role.values()) {
                boolean may = role == Role.AUDITOR || role == Role.ISSUER || role == Role.SIGNER;
                HttpResponse<String> answer = gateway.get(role, path(id, "unreached"));
                assertEquals(role == Role.WITNESS ? 401 : may ? 200 : 403, answer.statusCode(), role.word());
            }
            HttpResponse<String> wrong = gateway.get(Role.AUDITOR, path(id, "unreached?cause=lazy"));
            assertEquals(400, wrong.statusCode());
            assertTrue(wrong.body().contains("cause must be one of"), wrong.body());
            assertEquals(
                    404, gateway.get(Role.AUDITOR, path("none", "unreached")).statusCode());
        }
    }

    @Test
    void thePageTellsTheFindingInItsTitleAndHasEveryFigureOfItsGraphicsInATable(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String id = gateway.signed("A1");
            IssueSummary summary = Summaries.of(id, Summaries.SIGNED, 30);
            gateway.reported = reported(summary);
            gateway.map = new AreaMap(800, 600, Map.of("411426100000", "M0 0L10 0L10 10Z"));

            String page = page(gateway, id).body();

            assertTrue(
                    page.contains("<title>尚未达标：可证实触达 86.7\u00a0%，目标 95.0\u00a0% · 夏邑县气象台发布暴雨红色预警 · Tocsin</title>"),
                    page);
            assertTrue(page.contains("86.7 %") && page.contains("常住人口"));
            assertTrue(page.contains("方法"));
            assertTrue(
                    page.contains("<path class=\"c2\" data-village=\"411426100000\" d=\"M0 0L10 0L10 10Z\">"
                            + "<title>孔祖村第0 86.6 %</title></path>"),
                    page);
            for (IssueSummary.Village village : summary.villages()) {
                assertTrue(page.contains(village.name() + "</th>") || page.contains(village.name() + " <span"));
            }
            assertTrue(page.contains("关机或不在服务区"));
            assertTrue(page.contains("/api/v1/warnings/" + id + "/report.pdf\""));
            assertFalse(page.contains("/evidence\""), "a signer gets no pack");
            assertEquals(1, page.split("<script", -1).length - 1, "none but the one that sends a form once");
            assertFalse(page.contains("style=\""));
        }
    }

    @Test
    void thePageIsInTheOneLanguageThatThePersonChose(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String id = gateway.signed("A1");
            gateway.reported = reported(Summaries.of(id, Summaries.SIGNED, 30));
            gateway.map = new AreaMap(800, 600, Map.of("411426100000", "M0 0L10 0L10 10Z"));
            ConsoleVisitor auditor = ConsoleVisitor.of(gateway, Role.AUDITOR);
            String path = "/console/warnings/" + id + "/report";

            String english = auditor.inEnglish().get(path).body();
            String chinese = auditor.get(path).body();

            assertTrue(english.contains("<html lang=\"en-US\">"));
            assertTrue(english.contains("Not met yet: 86.7\u00a0% surely reached, the goal is 95.0\u00a0%"), english);
            assertTrue(english.contains("/evidence\" download"), "an auditor gets the pack");
            // What is left in Chinese are names: the button of the language, the headline, places, the agency.
            String words = english.replace("中文", "")
                    .replaceAll("夏邑县气象台发布暴雨红色预警|夏邑县|孔祖[\\p{IsHan}]*第?[0-9]*|[\\p{IsHan}]+(乡|镇|村|街道)[第0-9]*", "")
                    .replaceAll("(?s)<section><h2 id=\"audiences-title\">.*?</section>", "");
            assertEquals("", words.replaceAll("[^\\p{IsHan}]", ""), english);
            assertTrue(chinese.contains("尚未达标") && !chinese.contains("Not met"));
        }
    }

    @Test
    void aRateOfNobodyIsNoRate(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String id = gateway.signed("A1");
            gateway.reported = reported(Summaries.unasked(Summaries.of(id, Summaries.SIGNED, 3)));

            JsonNode answering = TestGateway.json(gateway.get(Role.AUDITOR, path(id, "report")))
                    .path("answering");

            assertTrue(answering.path("share").isNull());
            assertEquals("nobodyAsked", answering.path("noShare").asText());
            assertTrue(page(gateway, id).body().contains("<dd>未叫应 <small>没有要求责任人应答"));
        }
    }

    @Test
    void aDrillsPageSaysThatItCountsNowhere(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String id = gateway.signed("A1");
            gateway.reported = reported(Summaries.drill(id, Summaries.SIGNED, 3));

            String page = page(gateway, id).body();

            assertTrue(page.contains("class=\"drill-page\""));
            assertTrue(page.contains("不计公众覆盖率"));
            assertFalse(page.contains("id=\"forecast\""));
            assertTrue(page.contains("应达</th><th scope=\"col\" class=\"number\">触达"), page);
            for (String word : new String[] {"达到目标", "class=\"goal\"", "goal-line", "下限", "常住人口"}) {
                assertFalse(page.contains(word), word + " means nothing where the public coverage does not apply");
            }
            JsonNode json = TestGateway.json(gateway.get(Role.REVIEWER, path(id, "report")));
            assertEquals(1500, json.at("/villages/0/addressed").asInt());
            assertEquals(1300, json.at("/townships/0/reached").asInt());
            assertEquals(1, json.at("/hours/0/hour").asInt() + 1);
            assertFalse(json.at("/course/0").has("lower"));
            assertFalse(json.at("/villages/0").has("residents"));
        }
    }

    @Test
    void foreignTextIsEscaped(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String id = gateway.signed("A1");
            gateway.reported = reported(Summaries.of(id, Summaries.SIGNED, 3)
                    .withVillages(
                            java.util.List.of(new IssueSummary.Village(
                                    "411426100000",
                                    "<img src=x>",
                                    org.tocsin.gateway.coverage.Figures.NONE,
                                    false,
                                    false,
                                    0,
                                    0)),
                            0));

            String page = page(gateway, id).body();

            assertTrue(page.contains("&lt;img src=x&gt;"));
            assertFalse(page.contains("<img"));
        }
    }

    private static HttpResponse<String> page(TestGateway gateway, String id) {
        HttpResponse<String> signedIn = ConsoleTest.signIn(gateway, TestGateway.key(Role.SIGNER), gateway.address());
        return ConsoleTest.page(gateway, ConsoleTest.session(signedIn), "/console/warnings/" + id + "/report");
    }

    private static Reported reported(IssueSummary summary) {
        return new Reported(summary, Forecast.UNKNOWN, ZoneOffset.ofHours(8));
    }

    private static String path(String id, String part) {
        return "/api/v1/warnings/" + id + "/" + part;
    }
}
