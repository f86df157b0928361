package org.tocsin.gateway.web;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.Summaries;
import org.tocsin.gateway.report.period.Issues;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.store.RedisLedger;
import org.tocsin.gateway.store.RedisSummaries;

@ExtendWith(RedisExtension.class)
class ReportRoutesTest {
    private static final String JULY = "year=2026&month=7";

    private static List<LedgerEntry> exported(Redis redis) {
        List<LedgerEntry> entries = new ArrayList<>();
        new RedisLedger(redis).read(1, entry -> {
            if (entry.act().equals("report.export")) {
                entries.add(entry);
            }
        });
        return entries;
    }

    private static void july(Redis redis) {
        RedisSummaries summaries = new RedisSummaries(redis);
        summaries.put(Summaries.of("w1", Summaries.SIGNED, 30));
        summaries.put(
                Issues.issue("w2", "2026-07-22T00:00:00Z").headline("=1+1<b>").made());
        summaries.put(Issues.issue("w3", "2026-06-30T15:59:59Z").made());
    }

    @Test
    void aPeriodIsGivenAsJsonOfThePeriodsIssuesAlone(Redis redis) {
        july(redis);
        try (TestGateway gateway = new TestGateway(redis)) {
            JsonNode json = TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/reports/period?" + JULY));

            assertEquals("2026-07-01", json.path("from").asText());
            assertEquals(2, json.at("/total/issues").asInt());
            assertEquals("w1", json.at("/issues/0/id").asText());
            assertEquals(0.9, json.at("/issues/1/goal").asDouble());
            assertEquals(
                    1,
                    TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/reports/period?year=2026&month=6"))
                            .at("/total/issues")
                            .asInt());
        }
    }

    @Test
    void aPeriodsJsonHasTheFieldsThatAreDeclared(Redis redis) throws Exception {
        july(redis);
        try (TestGateway gateway = new TestGateway(redis)) {
            JsonNode document = new com.fasterxml.jackson.databind.ObjectMapper(
                            new com.fasterxml.jackson.dataformat.yaml.YAMLFactory())
                    .readTree(gateway.get(null, "/openapi.yaml").body());
            Set<String> declared = names(document.at("/components/schemas/PeriodReport/properties"));

            assertEquals(declared, names(TestGateway.json(gateway.get(Role.ADMIN, "/api/v1/reports/period?" + JULY))));
        }
    }

    private static Set<String> names(JsonNode json) {
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void aPeriodIsGivenAsFilesEachInTheLedger(Redis redis) {
        july(redis);
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> pdf = gateway.get(Role.AUDITOR, "/api/v1/reports/period.pdf?" + JULY);
            HttpResponse<String> xlsx = gateway.get(Role.AUDITOR, "/api/v1/reports/period.xlsx?" + JULY);
            HttpResponse<String> csv = gateway.get(Role.SIGNER, "/api/v1/reports/period.csv?" + JULY);

            assertTrue(pdf.body().startsWith("%PDF-1.7"));
            assertEquals(
                    "application/pdf", pdf.headers().firstValue("Content-Type").orElseThrow());
            assertEquals(
                    "attachment; filename=\"tocsin-2026-07-01_2026-07-31.pdf\"",
                    pdf.headers().firstValue("Content-Disposition").orElseThrow());
            assertTrue(xlsx.body().startsWith("PK"));
            assertTrue(csv.body().startsWith("\uFEFF签发时间,标题"), csv.body());
            assertTrue(csv.body().contains("'=1+1<b>"), csv.body());
            List<LedgerEntry> entries = exported(redis);
            assertEquals(3, entries.size());
            assertTrue(
                    entries.get(0).subject().contains("from=2026-07-01"),
                    entries.get(0).subject());
        }
    }

    @Test
    void saysAllThatIsWrongWithAPeriodAtOnce(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> wrong = gateway.get(
                    Role.AUDITOR, "/api/v1/reports/period.csv?from=2026-13-01&level=V&channel=pigeon&table=none");
            List<String> paths = TestGateway.json(wrong).path("errors").findValuesAsText("path");

            assertEquals(400, wrong.statusCode());
            assertEquals(List.of("from", "to", "level", "channel", "table"), paths);
            assertEquals(
                    400, gateway.get(Role.AUDITOR, "/api/v1/reports/period").statusCode());
            assertEquals(
                    400,
                    gateway.get(Role.AUDITOR, "/api/v1/reports/period.pdf?" + JULY + "&table=issues")
                            .statusCode());
            assertEquals(List.of(), exported(redis));
        }
    }

    @Test
    void aPeriodIsForThoseWhoOverseeTheWhole(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            for (Role role : List.of(Role.ISSUER, Role.AGENCY, Role.REVIEWER)) {
                assertEquals(
                        403, gateway.get(role, "/api/v1/reports/period?" + JULY).statusCode(), role.word());
            }
            assertEquals(
                    401, gateway.get(null, "/api/v1/reports/period?" + JULY).statusCode());
        }
    }

    @Test
    void aLongReportIsMadeInTheBackgroundForWhoAsked(Redis redis) {
        july(redis);
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> taken = gateway.post(
                    Role.AUDITOR,
                    "/api/v1/reports",
                    "{\"what\":\"period\",\"format\":\"csv\",\"table\":\"levels\",\"year\":2026,\"month\":7}");
            String place = taken.headers().firstValue("Location").orElseThrow();
            assertEquals(202, taken.statusCode());
            await().atMost(Duration.ofSeconds(20)).until(() -> TestGateway.json(gateway.get(Role.AUDITOR, place))
                    .path("state")
                    .asText()
                    .equals("done"));
            JsonNode job = TestGateway.json(gateway.get(Role.AUDITOR, place));

            for (int round = 0; round < 2; round++) {
                HttpResponse<String> file =
                        gateway.get(Role.AUDITOR, job.path("file").asText());
                assertEquals(200, file.statusCode());
                assertTrue(file.body().contains("红色（I级）"), file.body());
            }
            assertEquals(
                    exported(redis).get(0).contentHash(), job.path("sha256").asText());
            assertEquals(404, gateway.get(Role.ADMIN, place).statusCode());
            assertEquals(404, gateway.get(Role.ADMIN, place + "/file").statusCode());
            assertEquals(
                    1,
                    TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/reports"))
                            .path("reports")
                            .size());
            assertEquals(204, delete(gateway, place));
            assertEquals(404, delete(gateway, place));
        }
    }

    private static int delete(TestGateway gateway, String place) {
        return gateway.send(gateway.as(Role.AUDITOR, gateway.request(place))
                        .method("DELETE", BodyPublishers.noBody())
                        .build())
                .statusCode();
    }

    @Test
    void refusesAnOrderWithAllThatIsWrong(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> wrong = gateway.post(
                    Role.AUDITOR, "/api/v1/reports", "{\"what\":\"all\",\"format\":\"doc\",\"year\":1,\"level\":[]}");

            assertEquals(400, wrong.statusCode());
            assertEquals(
                    List.of("/level", "/what", "/format", "/year"),
                    TestGateway.json(wrong).path("errors").findValuesAsText("path"));
            assertEquals(
                    400, gateway.post(Role.AUDITOR, "/api/v1/reports", "[]").statusCode());
            assertEquals(
                    415,
                    gateway.post(Role.AUDITOR, "/api/v1/reports", "text/plain", BodyPublishers.ofString("{}"))
                            .statusCode());
        }
    }

    @Test
    void takesTenOrdersOfOne(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String order = "{\"what\":\"period\",\"format\":\"json\",\"year\":2026}";
            for (int number = 0; number < 10; number++) {
                assertEquals(
                        202,
                        gateway.post(Role.AUDITOR, "/api/v1/reports", order).statusCode());
            }
            HttpResponse<String> more = gateway.post(Role.AUDITOR, "/api/v1/reports", order);

            assertEquals(429, more.statusCode());
            assertTrue(more.body().contains("delete one"), more.body());
        }
    }

    @Test
    void aWarningsReportIsAFileForWhoMayReadIt(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String path = "/api/v1/warnings/" + gateway.signed("A1") + "/report.";
            assertEquals(404, gateway.get(Role.ISSUER, path + "pdf").statusCode());
            gateway.reported = new Reported(
                    Summaries.of("w1", Summaries.SIGNED, 30), Forecast.UNKNOWN, ZoneId.of("Asia/Shanghai"));

            assertTrue(gateway.get(Role.ISSUER, path + "pdf").body().startsWith("%PDF-1.7"));
            assertTrue(gateway.get(Role.AUDITOR, path + "xlsx").body().startsWith("PK"));
            assertTrue(gateway.get(Role.AUDITOR, path + "csv").body().contains("孔祖村第0"));
            assertTrue(gateway.get(Role.AUDITOR, path + "csv?table=channels")
                    .body()
                    .contains("短信"));
            assertEquals(400, gateway.get(Role.AUDITOR, path + "csv?table=x").statusCode());
            assertEquals(401, gateway.get(null, path + "pdf").statusCode());
            assertEquals(4, exported(redis).size());
        }
    }

    @Test
    void theConsolesPageShowsThePeriodAndWhereToDownloadIt(Redis redis) {
        july(redis);
        try (TestGateway gateway = new TestGateway(redis)) {
            String session = session(gateway, Role.AUDITOR);
            HttpResponse<String> form = page(gateway, session, "/console/reports");
            HttpResponse<String> shown = page(gateway, session, "/console/reports?" + JULY + "&quarter=&from=&to=");
            HttpResponse<String> wrong =
                    page(gateway, session, "/console/reports?year=%3Cscript%3E&issuer=%22%3E%3Cscript%3E");

            assertEquals(200, form.statusCode());
            assertTrue(form.body().contains("name=\"year\""));
            assertEquals(200, shown.statusCode());
            assertTrue(shown.body().contains("2026年7月"), shown.body());
            assertTrue(shown.body().contains("/api/v1/reports/period.pdf?from=2026-07-01&amp;to=2026-07-31"));
            assertEquals(422, wrong.statusCode());
            assertFalse(wrong.body().contains("<script>"));
            assertTrue(wrong.body().contains("value=\"&lt;script&gt;\""), "what was typed stays");
            assertTrue(wrong.body().contains("年：应为 2000 至 2199 的数字"), wrong.body());
            assertEquals(
                    303,
                    gateway.send(gateway.request("/console/reports").GET().build())
                            .statusCode());
            assertEquals(
                    403,
                    page(gateway, session(gateway, Role.ISSUER), "/console/reports")
                            .statusCode());
        }
    }

    @Test
    void theConsolesPageIsInOneLanguage(Redis redis) {
        july(redis);
        try (TestGateway gateway = new TestGateway(redis)) {
            ConsoleVisitor auditor = ConsoleVisitor.of(gateway, Role.AUDITOR);

            String english = auditor.inEnglish().get("/console/reports?" + JULY).body();
            String wrong = auditor.inEnglish()
                    .get("/console/reports?from=2026-13-01&to=2026-01-01&channel=pigeon")
                    .body();

            assertTrue(english.contains("2026, month 7: "), english);
            assertTrue(english.contains("Level I, red"), english);
            assertTrue(wrong.contains("First day: must be a day of the years 2000 to 2199"), wrong);
            assertTrue(wrong.contains("type=\"text\" value=\"2026-13-01\""), "a field for days would show nothing");
            assertTrue(wrong.contains("<option value=\"pigeon\" selected>"), wrong);
            assertEquals("", wrong.replace("中文", "").replaceAll("[^\\p{IsHan}]", ""), wrong);
        }
    }

    @Test
    void aParameterThatIsGivenTwiceIsNamed(Redis redis) {
        july(redis);
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> twice =
                    gateway.get(Role.AUDITOR, "/api/v1/reports/period?year=2025&year=2026&level=I&level=I");
            HttpResponse<String> table = gateway.get(
                    Role.AUDITOR,
                    "/api/v1/warnings/" + gateway.signed("A1") + "/report.csv?table=hours&table=channels");
            HttpResponse<String> shown =
                    ConsoleVisitor.of(gateway, Role.AUDITOR).get("/console/reports?year=2025&year=2026");

            assertEquals(400, twice.statusCode());
            assertEquals(
                    List.of("level", "year"),
                    TestGateway.json(twice).path("errors").findValuesAsText("path"));
            assertEquals(400, table.statusCode());
            assertTrue(table.body().contains("is given more than once"), table.body());
            assertEquals(422, shown.statusCode());
            assertTrue(shown.body().contains("<a href=\"#year\">年：给了不止一次，只能给一次</a>"), shown.body());
        }
    }

    @Test
    void aFormatThatIsNoneIsAnsweredWithThoseThatAre(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            for (String path : List.of("/api/v1/reports/period.docx?" + JULY, "/api/v1/warnings/any/report.docx")) {
                HttpResponse<String> answer = gateway.get(Role.AUDITOR, path);

                assertEquals(404, answer.statusCode(), path);
                assertTrue(
                        answer.body().contains("no format 'docx'; the endings are .pdf, .xlsx, .csv"), answer.body());
            }
        }
    }

    @Test
    void thePageOrdersInTheBackgroundShowsHowFarItIsAndRemoves(Redis redis) {
        july(redis);
        try (TestGateway gateway = new TestGateway(redis)) {
            ConsoleVisitor auditor = ConsoleVisitor.of(gateway, Role.AUDITOR);
            HttpResponse<String> wrong = auditor.post("/console/reports", "year", "2026", "format", "docx");
            HttpResponse<String> ordered =
                    auditor.post("/console/reports", "from", "2026-07-01", "to", "2026-07-31", "format", "csv");

            assertEquals(422, wrong.statusCode());
            assertTrue(wrong.body().contains("没有这种格式"), wrong.body());
            assertEquals(303, ordered.statusCode());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> auditor.get("/console/reports").body().contains("已完成"));
            String page = auditor.get("/console/reports").body();
            assertTrue(page.contains("2026-07-01 至 2026-07-31，CSV"), page);
            String id = page.split("/console/reports/", 2)[1].split("/", 2)[0];
            assertEquals(303, auditor.post("/console/reports/" + id + "/remove").statusCode());
            assertEquals(303, auditor.post("/console/reports/" + id + "/remove").statusCode(), "a second click");
            assertFalse(auditor.get("/console/reports").body().contains(id));
        }
    }

    private static String session(TestGateway gateway, Role role) {
        return gateway.send(gateway.request("/console/sign-in")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", gateway.address())
                        .POST(BodyPublishers.ofString("key=" + TestGateway.key(role)))
                        .build())
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";", 2)[0];
    }

    private static HttpResponse<String> page(TestGateway gateway, String session, String path) {
        return gateway.send(
                gateway.request(path).header("Cookie", session).GET().build());
    }
}
