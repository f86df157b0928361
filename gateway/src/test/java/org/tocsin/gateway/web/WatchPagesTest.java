package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.Summaries;
import org.tocsin.gateway.report.watch.LinkNow;
import org.tocsin.gateway.report.watch.TerminalsNow;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class WatchPagesTest {
    private TestGateway gateway;
    private String signer;

    @BeforeEach
    void open(Redis redis) {
        gateway = new TestGateway(redis);
        signer = signedIn(Role.SIGNER);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void showsFigureForecastBarsAndMapOfASignedWarning() {
        String id = gateway.signed("A1");
        report(id, new Forecast(Forecast.State.EXPECTED, 600.0, 500.0, 700.0));

        String body = get("/console/warnings/" + id).body();

        assertTrue(body.contains("<span data-share=\"lower\">86.7 %"), body);
        assertTrue(body.contains("目标 95.0 %"), body);
        assertTrue(body.contains("尚未达标"), body);
        assertTrue(body.contains("预计签发后 10 分钟（08:40）达到目标"), body);
        assertTrue(body.contains("<tr data-channel=\"sms\"><th scope=\"row\">短信"), body);
        assertTrue(body.contains("data-part=\"noReport\" x=\"900\" width=\"20\""), body);
        assertTrue(body.contains("<path class=\"c2\" data-village=\"411426100000\""), body);
        assertTrue(body.contains("data-edges=\"50.0,80.0,95.0\""), body);
        assertTrue(body.contains("/console/warnings/" + id + "/stop\""), body);
        assertEquals(1, body.split("<h1>", -1).length - 1);
        assertTrue(get("/console/warnings/" + id, "en-US").body().contains("Not met yet"));
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() {
        String id = gateway.signed("A1");
        report(id, Forecast.UNKNOWN);
        gateway.watch.links = List.of(new LinkNow("mobile", "sms", "mobile", LinkNow.State.DOWN, 1234, 0));

        String now = get("/console/warnings/" + id + "/now").body();

        assertTrue(now.contains("短信链路 mobile 已断开，1,234 个在等。"), now);
        assertTrue(now.contains("30 秒后由其他链路接手"), now);
        assertFalse(now.contains("<html"), "a part of the page");
    }

    @Test
    void stopsAndResumesInTwoStepsWithTheVerbRepeated() {
        String id = gateway.signed("A1");
        String stop = "/console/warnings/" + id + "/stop";

        String asked = get(stop).body();
        assertTrue(asked.contains("<h1>停止发布？</h1>") && asked.contains("是，停止发布"), asked);
        assertEquals("signed", state(id));

        assertEquals(303, form(stop, Map.of("reason", "发错了")).statusCode());
        assertEquals("stopped", state(id));
        assertEquals(303, form(stop, Map.of()).statusCode(), "a second click does no harm");
        assertTrue(get("/console/warnings/" + id).body().contains("<q>发错了</q>"));
        assertEquals(409, get(stop).statusCode(), "an old button says how it stands");
        assertEquals(
                422,
                form("/console/warnings/" + id + "/resume", Map.of("reason", "x".repeat(2001)))
                        .statusCode());
    }

    @Test
    void cancelsThroughASignOffOfItsOwnAndLeadsToIt() {
        String id = gateway.signed("A1");

        HttpResponse<String> asked = form("/console/warnings/" + id + "/cancel", Map.of("reason", "雨停了"));
        HttpResponse<String> again = form("/console/warnings/" + id + "/cancel", Map.of());

        String cancel = asked.headers().firstValue("Location").orElseThrow();
        assertFalse(cancel.endsWith(id));
        assertEquals(cancel, again.headers().firstValue("Location").orElseThrow(), "asked twice, there is one");
        String page = get(cancel).body();
        assertTrue(page.contains("您拟稿、修改或提交过这条预警"), page);
        assertTrue(page.contains("与被解除的预警相比"), page);
    }

    @Test
    void letsNobodySeeWhatIsNotTheirs() {
        assertEquals(404, get("/console/warnings/none").statusCode());
        assertEquals(404, get("/console/warnings/none/now").statusCode());
        assertEquals(404, get("/console/warnings/none/stop").statusCode());
    }

    @Test
    void showsADraftWithItsButtonsAndNoEmptyFigures() {
        HttpResponse<String> posted =
                gateway.post(Role.ISSUER, "/api/v1/warnings?draft=true", "{\"identifier\":\"A1\"}");
        String id = TestGateway.json(posted).path("id").asText();
        String issuer = signedIn(Role.ISSUER);

        String body =
                ConsoleTest.page(gateway, issuer, "/console/warnings/" + id).body();

        assertTrue(body.contains("/submit\""), body);
        assertFalse(body.contains("id=\"now\""), body);
    }

    @Test
    void showsADrillByWhomOfTheTestPersonsItReached() {
        String id = gateway.signed("A1");
        gateway.reported =
                new Reported(Summaries.drill(id, Summaries.SIGNED, 30), Forecast.UNKNOWN, ZoneOffset.ofHours(8));

        String body = get("/console/warnings/" + id).body();

        assertTrue(
                body.contains("<span data-audience=\"reached\">900</span> / <span data-audience=\"addressed\">1,000"));
        assertFalse(body.contains("id=\"verdict\""), "no goal");
    }

    @Test
    void putsOnOneDutyPageWhatIsWrongWhatWaitsAndWhatIsUnderWay() {
        String waiting = gateway.posted("A2");
        String id = gateway.signed("A1");
        gateway.watch.standings.put(
                id, new WatchDesk.Standing(true, 10_000, 9_100, 0.9, "met", Instant.parse("2026-07-20T00:00:00Z")));
        gateway.watch.links = List.of(
                new LinkNow("mobile", "sms", "mobile", LinkNow.State.UP, 0, 0),
                new LinkNow("unicom", "sms", "unicom", LinkNow.State.REFUSED, 7, 0));
        gateway.watch.terminals =
                List.of(new TerminalsNow("loudspeaker", 743, 600, true), new TerminalsNow("screen", 248, 0, false));

        String body = get("/console/").body();

        assertTrue(body.contains("短信链路 unicom 被运营方拒绝登录，7 个在等。"), body);
        assertTrue(body.contains("应急广播离线 143 / 743 台"), body);
        assertTrue(body.contains("<span class=\"share\">91.0 %</span>"), body);
        assertTrue(body.contains("9,100 / 10,000 人，目标 90.0 %"), body);
        assertTrue(body.contains("1 / 2 条链路正常"), body);
        assertTrue(body.contains("电子显示屏 共 248 台"), body);
        assertTrue(body.indexOf("id=\"wrong-title\"") < body.indexOf("id=\"waiting-title\""), "exceptions stand first");
        assertTrue(body.matches("(?s).*data-needs=\"" + waiting + ":awaitingSignature:[0-9]+ [^\"]*unicom\".*"), body);
        String auditor = signedIn(Role.AUDITOR);
        assertFalse(
                ConsoleTest.page(gateway, auditor, "/console/duty/now").body().contains(waiting + ":"));
        assertTrue(get("/console/", "en-US").body().contains("143 of 743 terminals are offline"));
    }

    @Test
    void saysInOneLineThatAllIsWell() {
        gateway.watch.terminals = List.of();

        String body = get("/console/").body();

        assertTrue(body.contains("没有异常") && body.contains("1 条链路全部正常") && body.contains("没有登记终端"), body);
        assertTrue(body.contains("data-needs=\"\""), body);
    }

    private void report(String id, Forecast forecast) {
        gateway.reported = new Reported(Summaries.of(id, Summaries.SIGNED, 30), forecast, ZoneOffset.ofHours(8));
        gateway.map = new AreaMap(800, 400, Map.of("411426100000", "M0 0L1 0L1 1Z"));
    }

    private String signedIn(Role role) {
        return ConsoleTest.session(ConsoleTest.signIn(gateway, TestGateway.key(role), gateway.address()));
    }

    private HttpResponse<String> get(String path) {
        return ConsoleTest.page(gateway, signer, path);
    }

    private HttpResponse<String> get(String path, String language) {
        return ConsoleTest.page(gateway, signer + "; tocsin-language=" + language, path);
    }

    private HttpResponse<String> form(String path, Map<String, String> fields) {
        return ConsoleTest.form(gateway, signer, gateway.address(), path, fields);
    }

    private String state(String id) {
        return TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/warnings/" + id))
                .path("state")
                .asText();
    }
}
