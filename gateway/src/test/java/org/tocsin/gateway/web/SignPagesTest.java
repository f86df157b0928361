package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class SignPagesTest {
    private TestGateway gateway;
    private String signer;
    private String issuer;

    @BeforeEach
    void open(Redis redis) {
        gateway = new TestGateway(redis);
        signer = signedIn(Role.SIGNER);
        issuer = signedIn(Role.ISSUER);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void listsWhatWaitsForWhoeverAsksBeforeWhatWaitsForOthers() {
        String pending = gateway.posted("A1");
        String returned = gateway.posted("A2");
        form(signer, returned, "return", Map.of("version", "1", "reason", "改时间"));

        String ofSigner = get(signer, "/console/queue").body();
        String ofIssuer = get(issuer, "/console/queue").body();

        assertTrue(ofSigner.indexOf(pending) < ofSigner.indexOf("等待他人"), ofSigner);
        assertTrue(ofSigner.indexOf(returned) > ofSigner.indexOf("等待他人"), ofSigner);
        assertTrue(ofIssuer.indexOf(returned) < ofIssuer.indexOf("等待他人"), ofIssuer);
        assertTrue(ofIssuer.indexOf(pending) > ofIssuer.indexOf("等待他人"), ofIssuer);
        assertTrue(ofSigner.matches("(?s).*已等 [0-9]+ 秒.*"), ofSigner);
    }

    @Test
    void saysWhoWantsToSendWhatToWhomAndAsksForAnUntickedBox() {
        String id = gateway.posted("A1");

        String body = get(signer, "/console/warnings/" + id).body();

        assertTrue(body.contains("<h1>issuer 请求签发：暴雨红色预警</h1>"), body);
        assertTrue(body.contains("常住人口 12,345 人，2 个村"), body);
        assertTrue(body.contains("将通过 1 个渠道发往常住约 12,345 人的区域"), body);
        assertTrue(body.contains("name=\"confirmed\" value=\"yes\">"), "unticked");
        assertTrue(body.indexOf("id=\"text-title\"") < body.indexOf("id=\"decision-title\""), "decision below content");
        assertTrue(body.contains("<path class=\"part\" d=\"M400"), body);
        assertTrue(get(signer, "/console/warnings/" + id, "en-US").body().contains("issuer asks you to sign"));
    }

    @Test
    void signsOnlyWithTheBoxTickedAndADoubleClickDoesNoHarm() {
        String id = gateway.posted("A1");

        HttpResponse<String> bare = form(signer, id, "approve", Map.of("version", "1"));
        assertEquals(422, bare.statusCode());
        assertTrue(bare.body().contains("<title>错误："), bare.body());
        assertTrue(bare.body().contains("href=\"#confirmed\""));
        assertEquals("awaitingSignature", state(id));

        Map<String, String> ticked = Map.of("version", "1", "confirmed", "yes");
        assertEquals(303, form(signer, id, "approve", ticked).statusCode());
        assertEquals("signed", state(id));
        HttpResponse<String> again = form(signer, id, "approve", ticked);
        assertEquals(303, again.statusCode());
        assertEquals(
                "/console/warnings/" + id,
                again.headers().firstValue("Location").orElseThrow());
    }

    @Test
    void refusesWhoSubmittedItAndTellsWhoseTurnItIs() {
        String id = gateway.posted("A1");

        String body = get(issuer, "/console/warnings/" + id).body();

        assertFalse(body.contains("/approve\""), "no button that does nothing");
        assertTrue(body.contains("现在等签发人处理"), body);
        assertTrue(body.contains("/withdraw\""), "who made it may take it back");
        HttpResponse<String> refused = form(issuer, id, "approve", Map.of("version", "1", "confirmed", "yes"));
        assertEquals(403, refused.statusCode());
        assertEquals("awaitingSignature", state(id));
    }

    @Test
    void showsWhoWasFasterInsteadOfActingTwice() {
        String id = gateway.posted("A1");
        gateway.post(Role.SIGNER, "/api/v1/warnings/" + id + "/return", "{\"version\":1,\"reason\":\"改\"}");

        HttpResponse<String> late = form(signer, id, "approve", Map.of("version", "1", "confirmed", "yes"));

        assertEquals(409, late.statusCode());
        assertTrue(late.body().contains("已有人先处理：signer 已退回"), late.body());
        assertEquals("returned", state(id));
        assertEquals(
                409,
                form(signer, id, "reject", Map.of("version", "1", "reason", "x"))
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"return", "reject"})
    void keepsWhatWasTypedWhereAReasonCannotBeTaken(String act) {
        String id = gateway.posted("A1");

        HttpResponse<String> missing = form(signer, id, act, Map.of("version", "1", "reason", "  "));
        HttpResponse<String> tooLong = form(signer, id, act, Map.of("version", "1", "reason", "<长>".repeat(700)));

        assertEquals(422, missing.statusCode());
        assertTrue(missing.body().contains("href=\"#reason-" + act + "\""), missing.body());
        assertEquals(422, tooLong.statusCode());
        assertTrue(tooLong.body().contains("&lt;长&gt;&lt;长&gt;"), "typed text is kept");
        assertTrue(tooLong.body().contains("理由最多 2000 个字，现在有 2100 个"), tooLong.body());
        assertEquals("awaitingSignature", state(id));
    }

    @Test
    void marksWhatChangedSinceItWasReturned() {
        String id = gateway.posted("A1");
        form(signer, id, "return", Map.of("version", "1", "reason", "级别太高"));
        HttpResponse<String> edited = gateway.send(gateway.as(Role.ISSUER, gateway.request("/api/v1/warnings/" + id))
                .header("Content-Type", "application/json")
                .header("If-Match", "\"2\"")
                .PUT(BodyPublishers.ofString("{\"identifier\":\"A1\",\"level\":\"II\",\"headline\":\"暴雨橙色预警\"}"))
                .build());
        assertEquals(200, edited.statusCode(), edited.body());
        assertEquals(303, form(issuer, id, "submit", Map.of("version", "3")).statusCode());

        String body = get(signer, "/console/warnings/" + id).body();

        assertTrue(body.contains("与退回的那一版相比"), body);
        assertTrue(body.contains("<del><span class=\"hidden\">删去：</span>红</del>"), body);
        assertTrue(body.contains("<ins><span class=\"hidden\">新增：</span>橙</ins>"), body);
        assertTrue(body.contains("Ⅱ级 橙色</ins>"), body);
        assertTrue(body.contains("<q>级别太高</q>"), "the reason stands in the history");
    }

    @Test
    void marksWhatAnUpdateChangesInTheAlert() {
        gateway.signed("A1");
        HttpResponse<String> posted = gateway.post(
                Role.ISSUER,
                "/api/v1/warnings",
                "{\"identifier\":\"A2\",\"updates\":\"A1\",\"headline\":\"暴雨红色预警更新\"}");
        String id = TestGateway.json(posted).path("id").asText();

        String body = get(signer, "/console/warnings/" + id).body();

        assertTrue(body.contains("与被更新的预警相比"), body);
        assertTrue(body.contains("新增：</span>更新</ins>"), body);
    }

    @Test
    void aCancelCountsThoseWhoWereTold() {
        String first = gateway.signed("A1");
        String cancel = TestGateway.json(gateway.post(Role.ISSUER, "/api/v1/warnings/" + first + "/cancel", "{}"))
                .path("id")
                .asText();

        String body = get(signer, "/console/warnings/" + cancel).body();

        assertTrue(body.contains("发给此前已通知的 8,765 人和 21 台终端"), body);
        assertFalse(body.contains("发往常住约"), "residents are not whom it goes to");
    }

    @Test
    void saysOnEveryPageOfADrillThatItIsOne() {
        HttpResponse<String> posted =
                gateway.post(Role.ISSUER, "/api/v1/warnings", "{\"identifier\":\"A1\",\"status\":\"Exercise\"}");
        String id = TestGateway.json(posted).path("id").asText();

        for (String body : new String[] {
            get(signer, "/console/warnings/" + id).body(),
            form(signer, id, "approve", Map.of("version", "1")).body(),
            drillPageAfterSigning(id),
            get(signer, "/console/warnings/" + id + "/stop").body()
        }) {
            assertTrue(body.contains("<body class=\"drill-page\">"), body);
            assertTrue(body.contains("<strong>演练</strong>"), body);
            assertTrue(body.matches("(?s).*<title>(错误：)?【演练】.*"), body);
            assertFalse(body.contains("href=\"/w/"), "a drill has no public page");
        }
        for (String list : new String[] {"/console/", "/console/warnings"}) {
            assertTrue(get(signer, list).body().contains("<span class=\"tag drill-tag\">演练</span>"), list);
        }
    }

    private String drillPageAfterSigning(String id) {
        form(signer, id, "approve", Map.of("version", "1", "confirmed", "yes"));
        return get(signer, "/console/warnings/" + id).body();
    }

    private String signedIn(Role role) {
        return ConsoleTest.session(ConsoleTest.signIn(gateway, TestGateway.key(role), gateway.address()));
    }

    private HttpResponse<String> get(String session, String path) {
        return ConsoleTest.page(gateway, session, path);
    }

    private HttpResponse<String> get(String session, String path, String language) {
        return ConsoleTest.page(gateway, session + "; tocsin-language=" + language, path);
    }

    private HttpResponse<String> form(String session, String id, String act, Map<String, String> fields) {
        return ConsoleTest.form(gateway, session, gateway.address(), "/console/warnings/" + id + "/" + act, fields);
    }

    private String state(String id) {
        return TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/warnings/" + id))
                .path("state")
                .asText();
    }
}
