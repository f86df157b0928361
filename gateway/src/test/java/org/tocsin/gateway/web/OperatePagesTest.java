package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class OperatePagesTest {
    private static final String IMPORTS = "/console/operate/imports";
    private static final String DIVISIONS = "code,name,parent,residents,residentsSource,residentsDate\n";
    private static final String COUNTY =
            DIVISIONS + "411426000000,夏邑县,,30,普查,2020-11-01\n411426100000,城关镇,411426000000,30,普查,2020-11-01\n"
                    + "411426100001,<b>一居委会</b>,411426100000,30,普查,2020-11-01\n";
    private static final String CONTACTS =
            "personKey,name,division,phone,openid,appToken,email,language,longitude,latitude,audiences\n";

    private TestGateway gateway;
    private ConsoleVisitor admin;

    @BeforeEach
    void open(Redis redis) {
        gateway = new TestGateway(redis);
        admin = ConsoleVisitor.of(gateway, Role.ADMIN);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void everyPageIsThereInBothLanguagesForThoseWhoMay() {
        take("divisions", COUNTY);
        take("contacts", CONTACTS + "p1,王五,411426100001,13900138001,,,,,,,officers\n");
        String id = gateway.signed("A1");
        List<String> both = List.of(
                "/console/audit/packs",
                "/console/audit/warnings/" + id + "/survey",
                "/console/operate",
                "/console/operate/divisions",
                "/console/operate/divisions?under=411426100000",
                "/console/operate/audiences",
                "/console/operate/terminals",
                "/console/operate/channels",
                "/console/operate/templates",
                "/console/operate/templates/rainstorm/I/zh-CN",
                "/console/operate/templates/other/IV/en-US",
                "/console/audit",
                "/console/audit/ledger");
        ConsoleVisitor auditor = ConsoleVisitor.of(gateway, Role.AUDITOR);
        for (String path : both) {
            assertOnePage(admin.get(path), path, "zh-CN");
            assertOnePage(auditor.inEnglish().get(path), path, "en-US");
        }
        for (String path : List.of(IMPORTS, "/console/operate/contacts")) {
            assertOnePage(admin.get(path), path, "zh-CN");
            assertOnePage(admin.inEnglish().get(path), path, "en-US");
            assertEquals(403, auditor.get(path).statusCode(), path);
            assertEquals(403, ConsoleVisitor.of(gateway, Role.SIGNER).get(path).statusCode(), path);
        }
        assertOnePage(auditor.get("/console/audit/warnings/" + id + "/unreached"), "unreached", "zh-CN");
        assertEquals(
                403, admin.get("/console/audit/warnings/" + id + "/unreached").statusCode());
        assertEquals(404, auditor.get("/console/audit/warnings/w-0/survey").statusCode());
        String survey = "/console/audit/warnings/" + id + "/survey";
        assertEquals(
                422,
                auditor.post(survey, "act", "plan", "frame", "registry", "margin", "x")
                        .statusCode());
        String villages =
                admin.get("/console/operate/divisions?under=411426100000").body();
        assertTrue(villages.contains("&lt;b&gt;一居委会&lt;/b&gt;"), "what was imported is escaped");
    }

    @Test
    void aFileWithErrorsIsListedLineByLineAndChangesNothing() {
        HttpResponse<String> job = check("divisions", DIVISIONS + "411426000000,夏邑县,,many,,\n411426000001,x,,1,,\n");

        String page = job.body();
        assertTrue(page.contains("应为整数"), page);
        assertTrue(page.contains("<code>many</code>"));
        assertTrue(page.contains("<code>residents</code>"));
        assertEquals(0, gateway.registry.divisions().all().size());
        assertTrue(admin.inEnglish().get(path(job)).body().contains("is no whole number"));
    }

    @Test
    void whatIsImportedIsWhatWasCheckedAndCanBeUndone() {
        take("divisions", COUNTY);
        take("contacts", CONTACTS + "p1,王五,411426100001,13900138001,,,,,,,\n");
        assertEquals("王五", gateway.registry.people().name(0));
        HttpResponse<String> checked = check(
                "contacts",
                CONTACTS + "p1,王五五,411426100001,,,,,,,,\np2,赵六,411426100001,13900138002,,,,,,,\np3,x,9,,,,,,,,\n");
        assertTrue(checked.body().contains("id=\"added\">1<"), checked.body());
        assertTrue(checked.body().contains("id=\"changed\">1<"));
        String confirm = path(checked) + "/confirm";

        assertEquals(
                422,
                admin.post(confirm, "sha256", hash(checked)).statusCode(),
                "lines with errors are left out only when that was ticked");
        assertEquals(
                404,
                admin.post(confirm, "sha256", "0".repeat(64), "partly", "yes").statusCode());
        assertEquals("王五", gateway.registry.people().name(0));
        assertEquals(
                303,
                admin.post(confirm, "sha256", hash(checked), "partly", "yes").statusCode());
        await(path(checked), "已导入");
        assertEquals("王五五", gateway.registry.people().name(0));
        assertEquals("赵六", gateway.registry.people().name(1));
        assertEquals(
                303,
                admin.post(confirm, "sha256", hash(checked), "partly", "yes").statusCode());

        String at = admin.get(IMPORTS).body().replaceAll("(?s).*name=\"at\" value=\"([^\"]+)\".*", "$1");
        assertEquals(422, admin.post("/console/operate/undo", "at", at).statusCode());
        HttpResponse<String> undone = admin.post("/console/operate/undo", "at", at, "sure", "yes");

        assertEquals(200, undone.statusCode());
        assertTrue(undone.body().contains("删除 1 项，恢复 1 项"), undone.body());
        assertEquals("王五", gateway.registry.people().name(0));
        assertEquals(-1, gateway.registry.people().find("p2"));
        assertEquals(
                422,
                admin.post("/console/operate/undo", "at", at, "sure", "yes").statusCode());
        assertEquals(List.of("registry.import", "registry.import", "registry.import", "registry.undo"), acts());
    }

    @Test
    void aCheckThatIsOutOfDateImportsNothing() {
        HttpResponse<String> first = check("divisions", COUNTY);
        take("audiences", "name,title\nnurses,护士\n");

        assertEquals(
                303, admin.post(path(first) + "/confirm", "sha256", hash(first)).statusCode());

        assertTrue(admin.get(path(first)).body().contains("检查已过时"));
        assertEquals(0, gateway.registry.divisions().all().size());
    }

    @Test
    void aFormWithoutFileIsShownAgainAndAStrangeOneRefused() {
        HttpResponse<String> empty = admin.upload(IMPORTS, "contacts", "", "");
        assertEquals(422, empty.statusCode());
        assertTrue(empty.body().contains("href=\"#file\""));
        assertTrue(empty.body().contains("<option value=\"contacts\" selected>"));
        assertEquals(422, admin.upload(IMPORTS, "people", "a.csv", "x").statusCode());
        assertEquals(415, admin.post(IMPORTS, "kind", "contacts").statusCode());
        assertEquals(404, admin.get(IMPORTS + "/0123").statusCode());
    }

    @Test
    void peopleAreFoundMaskedAndShownOnlyOneByOne() {
        take("divisions", COUNTY);
        take("contacts", CONTACTS + "p1,王五,411426100001,13900138001,,,,,,,\np2,赵六,411426100001,13900138002,,,,,,,\n");
        String search = "/console/operate/contacts";

        HttpResponse<String> found = admin.post(search, "name", "", "digits", "8002", "key", "", "division", "");
        assertEquals(200, found.statusCode());
        assertTrue(found.body().contains("赵**"), found.body());
        assertTrue(found.body().contains("861****8002"));
        assertFalse(found.body().contains("赵六"));
        assertFalse(found.body().contains("王"));
        assertTrue(admin.post(search, "key", "p1").body().contains("王**"));
        assertEquals(422, admin.post(search, "division", "411426100001").statusCode(), "nobody reads out a village");
        assertEquals(422, admin.post(search, "digits", "002").statusCode());
        assertEquals(422, admin.post(search, "name", "王", "division", "99").statusCode());

        HttpResponse<String> shown = admin.post(search + "/0");
        assertEquals(200, shown.statusCode());
        assertEquals(404, admin.post(search + "/7").statusCode());
    }

    @Test
    void aTextIsPreviewedKeptAndTakenBack() {
        String page = "/console/operate/templates/rainstorm/I/zh-CN";
        String unsafe = "请撤离\u202E。见 http://evil.example";
        HttpResponse<String> refused =
                admin.post(page, "after", "0", "description", "雨大", "instruction", unsafe, "why", "", "act", "keep");
        assertEquals(422, refused.statusCode());
        assertTrue(refused.body().contains("U+202E"), refused.body());
        assertTrue(refused.body().contains("第 4 个字符"));
        assertTrue(refused.body().contains("http://evil.example"));
        assertTrue(refused.body().contains("修改原因：不能为空"));
        HttpResponse<String> previewed = admin.post(
                page, "after", "0", "description", "雨大", "instruction", "立即上山。", "why", "试", "act", "preview");
        assertEquals(200, previewed.statusCode());
        assertTrue(previewed.body().contains("立即上山"));
        assertFalse(admin.get(page).body().contains("立即上山"));

        assertEquals(303, keep(page, "0", "立即上山。").statusCode());
        assertTrue(admin.get(page).body().contains("立即上山"));
        assertEquals(422, keep(page, "0", "立即下山。").statusCode(), "somebody was quicker");
        assertEquals(303, keep(page, "1", "马上上山。").statusCode());
        assertEquals(
                303,
                admin.post(page, "after", "2", "back", "1", "why", "恢复第 1 版").statusCode());
        assertTrue(admin.get(page).body().contains("立即上山。</textarea>"));
        assertEquals(
                303,
                admin.post(page, "after", "3", "back", "0", "why", "恢复内置用语").statusCode());
        assertTrue(admin.get(page).body().contains("立即停止户外活动，转移到高处安全的地方。"));
        assertEquals(List.of("template.change", "template.change", "template.change", "template.change"), acts());
        assertEquals(404, admin.get("/console/operate/templates/rain/I/zh-CN").statusCode());
    }

    @Test
    void howALinkIsStandsOnThePage() {
        String page = admin.get("/console/operate/channels").body();

        assertTrue(page.contains("<dd>4%</dd>"), "errors lately");
        assertTrue(page.contains("半数 0.9 秒，九成 2.0 秒，99% 5.0 秒"));
        assertTrue(page.contains("84.50，限额 100.00"));
        assertTrue(page.contains("本月费用已超过限额的八成。"));
        assertTrue(page.contains("运营商限速，现在每秒最多 300。"));
        assertTrue(page.indexOf("<code>unreachable</code> 9") < page.indexOf("<code>throttled</code> 7"));
        assertTrue(page.contains("未通过</span>"));
        assertTrue(page.contains("<code>no report within 60 s</code>"));
        assertTrue(page.contains("<dt>最近回执</dt>"));
    }

    @Test
    void aTestToOneselfIsAnActOfTheLedger() {
        assertTrue(admin.get("/console/operate/channels").body().contains("test-sms-a"));
        assertEquals(303, admin.post("/console/operate/channels/sms-a/test").statusCode());
        assertTrue(admin.get("/console/operate/channels").body().contains("已接收"));
        assertEquals(List.of("link.test"), acts());
    }

    @Test
    void theLedgerIsSearchedAndVerified() {
        take("divisions", COUNTY);
        take("audiences", "name,title\nnurses,护士\n");
        ConsoleVisitor auditor = ConsoleVisitor.of(gateway, Role.AUDITOR);

        String found = auditor.get("/console/audit/ledger?act=registry.&subject=audiences")
                .body();
        assertEquals(1, count(found, "<code>registry.import</code>"));
        assertEquals(422, auditor.get("/console/audit/ledger?from=yesterday").statusCode());
        assertEquals(
                0,
                count(auditor.get("/console/audit/ledger?to=2020-01-01T00:00").body(), "<code>registry.import"));
        HttpResponse<String> verified = auditor.post("/console/audit/ledger", "first", "1", "last", "2");
        assertEquals(200, verified.statusCode());
        assertTrue(verified.body().contains("第 1 至 2 条相符"), verified.body());
        assertEquals(
                422,
                auditor.post("/console/audit/ledger", "first", "0", "last", "x").statusCode());
    }

    private HttpResponse<String> keep(String page, String after, String instruction) {
        return admin.post(
                page, "after", after, "description", "雨很大。", "instruction", instruction, "why", "本县山多", "act", "keep");
    }

    private List<String> acts() {
        List<LedgerEntry> entries = new java.util.ArrayList<>();
        gateway.ledger.read(1, entries::add);
        return entries.stream()
                .map(LedgerEntry::act)
                .filter(act -> act.startsWith("registry.") || act.startsWith("template.") || act.startsWith("link."))
                .toList();
    }

    private void take(String kind, String file) {
        HttpResponse<String> job = check(kind, file);
        assertEquals(
                303, admin.post(path(job) + "/confirm", "sha256", hash(job)).statusCode());
        await(path(job), "已导入");
    }

    private HttpResponse<String> check(String kind, String file) {
        HttpResponse<String> brought = admin.upload(IMPORTS, kind, "f.csv", file);
        assertEquals(303, brought.statusCode(), brought.body());
        return await(brought.headers().firstValue("Location").orElseThrow(), "已检查");
    }

    private HttpResponse<String> await(String path, String stage) {
        return Awaitility.await()
                .until(
                        () -> admin.get(path),
                        answer -> !answer.body().contains("hx-get")
                                || answer.body().contains("id=\"stage\">" + stage));
    }

    private static String path(HttpResponse<String> job) {
        return job.uri().getPath();
    }

    private static String hash(HttpResponse<String> job) {
        Matcher found =
                Pattern.compile("name=\"sha256\" value=\"([0-9a-f]{64})\"").matcher(job.body());
        assertTrue(found.find(), job.body());
        return found.group(1);
    }

    private static int count(String in, String what) {
        return in.split(Pattern.quote(what), -1).length - 1;
    }

    private static void assertOnePage(HttpResponse<String> page, String path, String language) {
        assertEquals(200, page.statusCode(), path + ": " + page.body());
        assertTrue(page.body().contains("<html lang=\"" + language + "\""), path);
        assertTrue(page.body().contains("<h1"), path);
    }
}
