package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.alert.Info;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Posting;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.intake.CapWriter;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

/** The issuer's form over HTTP, without a script. */
@ExtendWith(RedisExtension.class)
class IssueFormTest {
    private static final String HOSTILE =
            "\"></textarea><script>alert(1)</script><img src=x onerror=alert(2)>'&{{7*7}}";
    private static final Principal OTHER =
            new Principal("other", "别人", Principal.Kind.PERSON, Set.of(Role.ISSUER), Set.of(), Set.of());
    private static final String TWO = "411426101000";
    private static final String THREE = "411426102000";

    @Test
    void aTemplateIsTakenUpInTheCountysOwnWords(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);

            String what = desk.get(desk.begin("actual", "hail-II") + "/what").body();

            assertTrue(what.contains(TestIssuing.COUNTY_HAIL.description()), what);
            assertTrue(what.contains(TestIssuing.COUNTY_HAIL.instruction()), what);
        }
    }

    @Test
    void aTemplateAndATickedAreaBecomeOneWarningInThreeSteps(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            assertTrue(desk.get("/console/issue").body().contains("value=\"rainstorm-I\""));
            String draft = desk.begin("actual", "rainstorm-I");

            HttpResponse<String> what = desk.get(draft + "/what");
            assertTrue(what.body().contains("暴雨红色预警"), what.body());
            assertTrue(what.body().contains("拆成 3 条") || what.body().contains("拆成 2 条"), "counts the segments");
            HttpResponse<String> where = desk.redirected(desk.post(draft + "/what", desk.fields(what, "act", "next")));
            assertTrue(where.body().contains("城关镇"));
            HttpResponse<String> check = desk.redirected(
                    desk.post(draft + "/where", desk.fields(where, "act", "next", "division", TWO, "division", THREE)));
            assertTrue(check.body().contains("提交签发"), check.body());
            assertTrue(check.body().split("class=\"led-line\"", -1).length > 3, "a screen has its lines");
            assertTrue(check.body().contains("部手机"));

            HttpResponse<String> done = desk.post(draft + "/check", desk.fields(check, "act", "submit"));
            Warning warning = only(gateway);
            Info info = warning.alert().infos().get(0);
            assertEquals(303, done.statusCode());
            assertEquals("/console/warnings/" + warning.id(), location(done));
            assertEquals(WarningState.AWAITING_SIGNATURE, warning.state());
            assertEquals(Status.ACTUAL, warning.alert().status());
            assertEquals(2, info.areas().get(0).geocodes().size());
            assertEquals("夏邑县应急管理局", info.senderName());
            assertFalse(desk.get("/console/issue").body().contains(draft), "it is no draft any more");
            assertEquals("/console/warnings/" + warning.id(), location(desk.get(draft + "/what")));
        }
    }

    @Test
    void aDoubleClickAndAFormSentAgainMakeOneWarning(Redis redis) throws Exception {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            String draft = desk.ready("actual");
            String form = desk.fields(desk.get(draft + "/check"), "act", "submit");
            ExecutorService pool = Executors.newFixedThreadPool(6);
            Set<String> locations = new LinkedHashSet<>();
            try {
                List<Callable<HttpResponse<String>>> clicks = IntStream.range(0, 6)
                        .<Callable<HttpResponse<String>>>mapToObj(click -> () -> desk.post(draft + "/check", form))
                        .toList();
                for (Future<HttpResponse<String>> click : pool.invokeAll(clicks)) {
                    assertEquals(303, click.get().statusCode(), click.get().body());
                    locations.add(location(click.get()));
                }
            } finally {
                pool.shutdownNow();
            }

            locations.add(location(desk.post(draft + "/check", form)));
            assertEquals(Set.of("/console/warnings/" + only(gateway).id()), locations);
        }
    }

    @Test
    void saysAllThatIsWrongWithLinksAndKeepsAllThatWasTyped(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            String draft = desk.begin("actual", "");
            String typed = "已经打好的一段话";

            HttpResponse<String> wrong = desk.post(
                    draft + "/what",
                    desk.fields(
                            desk.get(draft + "/what"),
                            "act",
                            "next",
                            "description",
                            typed,
                            "eventCode",
                            "99Z99",
                            "headline",
                            "长".repeat(161)));

            assertEquals(422, wrong.statusCode());
            String body = wrong.body();
            assertTrue(body.contains("<title>错误："), "the title says so");
            assertTrue(body.indexOf("error-summary") < body.indexOf("<h1"), "the summary stands above the heading");
            for (String field : List.of("level", "event", "eventCode", "headline", "instruction")) {
                assertTrue(body.contains("href=\"#" + field + "\""), field);
                assertTrue(body.contains("id=\"" + field + "\""), field);
                assertTrue(body.contains("id=\"" + field + "-error\""), field);
            }
            assertTrue(body.contains(typed));
            assertTrue(body.contains("长".repeat(161)));
            assertTrue(body.contains("99Z99"));
            assertTrue(desk.get(draft + "/what").body().contains(typed), "and it is kept");
        }
    }

    @Test
    void aWrongAreaIsExplainedAndStaysToBeMended(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            String draft = desk.begin("actual", "rainstorm-I");
            String bow = "34.2,116.1 34.3,116.2 34.2,116.2 34.3,116.1";

            HttpResponse<String> none =
                    desk.post(draft + "/where", desk.fields(desk.get(draft + "/where"), "act", "next"));
            HttpResponse<String> wrong = desk.post(
                    draft + "/where",
                    desk.fields(desk.get(draft + "/where"), "act", "next", "shapes", bow + "\n116.1,34.2 2\nx"));

            assertEquals(422, none.statusCode());
            assertTrue(none.body().contains("href=\"#divisions\""));
            assertEquals(422, wrong.statusCode());
            assertTrue(wrong.body().contains("34.25000,116.15000"), wrong.body());
            assertTrue(wrong.body().contains("经纬度写反了"));
            assertTrue(wrong.body().contains(bow));
            assertEquals(
                    422,
                    desk.post(
                                    draft + "/where",
                                    desk.fields(
                                            desk.get(draft + "/where"),
                                            "act",
                                            "circle",
                                            "latitude",
                                            "34.2",
                                            "longitude",
                                            "x",
                                            "radius",
                                            "2"))
                            .statusCode());
            HttpResponse<String> mended = desk.redirected(desk.post(
                    draft + "/where",
                    desk.fields(
                            desk.get(draft + "/where"),
                            "act",
                            "circle",
                            "shapes",
                            "",
                            "latitude",
                            "34.2",
                            "longitude",
                            "116.1",
                            "radius",
                            "2.5")));
            assertTrue(mended.body().contains(">34.2,116.1 2.5</textarea>"), mended.body());
        }
    }

    @Test
    void savedAreasAreUsedWithOneButton(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            String first = desk.begin("actual", "rainstorm-I");
            desk.post(
                    first + "/where",
                    desk.fields(
                            desk.get(first + "/where"),
                            "act",
                            "save-area",
                            "division",
                            TWO,
                            "division",
                            THREE,
                            "newArea",
                            "沿河两乡"));
            String second = desk.begin("actual", "flood-II");
            String use = find(desk.get(second + "/where").body(), "value=\"(use:[0-9a-z]+)\"");

            HttpResponse<String> used =
                    desk.redirected(desk.post(second + "/where", desk.fields(desk.get(second + "/where"), "act", use)));

            assertTrue(used.body().contains("data-chip=\"" + TWO + "\""));
            assertTrue(used.body().contains("data-chip=\"" + THREE + "\""));
            assertEquals(
                    422,
                    desk.post(second + "/where", desk.fields(used, "act", "save-area", "newArea", " "))
                            .statusCode());
            HttpResponse<String> next = desk.post(second + "/where", desk.fields(used, "act", "next"));
            assertEquals(303, next.statusCode(), next.body());
            HttpResponse<String> dropped =
                    desk.redirected(desk.post(second + "/where", desk.fields(used, "act", "drop:" + TWO)));
            assertFalse(dropped.body().contains("data-chip=\"" + TWO + "\""));
            assertTrue(dropped.body().contains("data-chip=\"" + THREE + "\""));
        }
    }

    @Test
    void twoTabsClashVisiblyAndNeitherIsLost(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            String draft = desk.begin("actual", "rainstorm-I");
            HttpResponse<String> page = desk.get(draft + "/what");
            desk.post(draft + "/what", desk.fields(page, "act", "stay", "headline", "第一个窗口写的"));

            HttpResponse<String> second =
                    desk.post(draft + "/what", desk.fields(page, "act", "next", "headline", "第二个窗口写的"));

            assertEquals(409, second.statusCode());
            assertTrue(second.body().contains("第一个窗口写的"));
            assertTrue(second.body().contains("第二个窗口写的"));
            assertTrue(desk.get(draft + "/what").body().contains("第一个窗口写的"), "nothing is overwritten");
            desk.post(draft + "/what", desk.fields(second, "act", "mine"));
            assertTrue(desk.get(draft + "/what").body().contains("第二个窗口写的"));
        }
    }

    @Test
    void savesByItselfSaysWhatIsLeftAndToldOfAClash(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            String draft = desk.begin("actual", "rainstorm-I");
            String form = desk.fields(desk.get(draft + "/what"), "headline", "短".repeat(100));

            JsonNode kept = TestGateway.json(desk.post(draft + "/what/keep", form));
            HttpResponse<String> late = desk.post(
                    draft + "/what/keep",
                    form.replace("revision=1", "revision=7").replace(encoded("短"), encoded("长")));
            desk.post(draft + "/what", "act=remove");

            assertEquals(2, kept.path("revision").asInt());
            assertEquals("还可写 60 字", kept.path("counts").path("headline").asText());
            assertTrue(kept.path("counts").path("sms").asText().contains("条"), kept.toString());
            assertEquals("还没有区域", kept.path("reach").asText());
            assertEquals(409, late.statusCode());
            assertEquals(410, desk.post(draft + "/what/keep", form).statusCode());
            HttpResponse<String> gone = desk.post(draft + "/what", form + "&act=next");
            assertEquals(409, gone.statusCode());
            assertTrue(gone.body().contains("短".repeat(100)), "what was typed is shown to be copied");
        }
    }

    @Test
    void aDraftOutlivesSessionAndGateway(Redis redis) {
        String draft;
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            draft = desk.begin("actual", "rainstorm-I");
            desk.post(draft + "/what", desk.fields(desk.get(draft + "/what"), "act", "stay", "sentence", "毛河桥已封闭"));
            desk.post("/console/sign-out", "");
            assertEquals(303, desk.get(draft + "/what").statusCode());
        }
        try (TestGateway again = new TestGateway(redis)) {
            Desk desk = new Desk(again, Role.ISSUER);
            assertTrue(desk.get("/console/issue").body().contains(draft));
            assertTrue(desk.get(draft + "/what").body().contains("毛河桥已封闭"));
        }
    }

    @Test
    void aCheckedPageThatIsOldSubmitsNothing(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            String draft = desk.ready("actual");
            String old = desk.fields(desk.get(draft + "/check"), "act", "submit");
            desk.post(draft + "/what", desk.fields(desk.get(draft + "/what"), "act", "stay", "sentence", "新的一句"));

            HttpResponse<String> stale = desk.post(draft + "/check", old);

            assertEquals(409, stale.statusCode());
            assertTrue(stale.body().contains("新的一句"));
            assertEquals(0, all(gateway).size());
            assertEquals(
                    303,
                    desk.post(draft + "/check", desk.fields(stale, "act", "submit"))
                            .statusCode());
            assertEquals(1, all(gateway).size());
        }
    }

    @Test
    void hostileTextInEveryFieldIsInertOnEveryPage(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            String draft = desk.begin("actual", "rainstorm-I");
            List<String> hostile = new ArrayList<>();
            for (String field : List.of(
                    "template",
                    "level",
                    "headline",
                    "description",
                    "sentence",
                    "instruction",
                    "hours",
                    "until",
                    "senderName",
                    "event",
                    "eventCode",
                    "urgency",
                    "certainty",
                    "contact",
                    "web",
                    "englishEvent",
                    "englishHeadline",
                    "englishDescription",
                    "englishInstruction")) {
                hostile.add(field);
                hostile.add(HOSTILE);
            }
            List<String> pages = new ArrayList<>();
            pages.add(desk.post(draft + "/what", desk.fields(desk.get(draft + "/what"), hostile.toArray(String[]::new)))
                    .body());
            pages.add(desk.post(
                            draft + "/where",
                            desk.fields(
                                    desk.get(draft + "/where"),
                                    "division",
                                    HOSTILE,
                                    "shapes",
                                    HOSTILE,
                                    "areaName",
                                    HOSTILE,
                                    "audience",
                                    HOSTILE,
                                    "channel",
                                    HOSTILE,
                                    "newArea",
                                    HOSTILE,
                                    "q",
                                    HOSTILE,
                                    "act",
                                    "next"))
                    .body());
            for (String page : List.of("/what", "/where", "/where?q=" + encoded(HOSTILE), "/check", "/page")) {
                pages.add(desk.get(draft + page).body());
            }
            pages.add(desk.get("/console/issue/divisions?q=" + encoded(HOSTILE)).body());
            pages.add(desk.get("/console/issue").body());
            pages.add(desk.post(draft + "/what", desk.fields(desk.get(draft + "/what"), "act", "use:" + HOSTILE))
                    .body());

            for (String page : pages) {
                assertFalse(page.contains("<script>alert"), page);
                assertFalse(page.contains("<img src=x"), page);
                assertFalse(page.contains("49>") && page.contains("'&49"), "a template would compute it");
            }
            assertTrue(pages.get(0).contains("&lt;script&gt;") || pages.get(2).contains("&lt;script&gt;"));
        }
    }

    @Test
    void updateAndCancelBeginWithWhatTheyFollow(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            String draft = desk.ready("actual");
            desk.post(draft + "/check", desk.fields(desk.get(draft + "/check"), "act", "submit"));
            Warning first = only(gateway);
            assertEquals(
                    409,
                    desk.post("/console/issue/from/" + first.id() + "/update", "")
                            .statusCode(),
                    "not signed");
            gateway.post(Role.SIGNER, "/api/v1/warnings/" + first.id() + "/approve", "{\"version\":1}");

            String update = location(desk.post("/console/issue/from/" + first.id() + "/update", ""))
                    .replace("/what", "");
            assertEquals(update + "/what", location(desk.post("/console/issue/from/" + first.id() + "/update", "")));
            assertTrue(desk.get(update + "/where").body().contains("data-chip=\"" + TWO + "\""));
            desk.post(update + "/what", desk.fields(desk.get(update + "/what"), "act", "stay", "sentence", "雨势减弱。"));
            HttpResponse<String> updated =
                    desk.post(update + "/check", desk.fields(desk.get(update + "/check"), "act", "submit"));
            assertEquals(303, updated.statusCode(), updated.body());
            Warning second = gateway.rooms().warnings().find(id(updated)).orElseThrow();
            assertEquals(MsgType.UPDATE, second.alert().msgType());
            assertEquals(first.id(), second.predecessor());
            gateway.post(Role.SIGNER, "/api/v1/warnings/" + second.id() + "/approve", "{\"version\":1}");

            String cancel = location(desk.post("/console/issue/from/" + second.id() + "/cancel", ""))
                    .replace("/what", "");
            HttpResponse<String> check = desk.get(cancel + "/check");
            assertTrue(check.body().contains("提交解除"), check.body());
            assertTrue(check.body().contains("解除暴雨红色预警"));
            Warning end = gateway.rooms()
                    .warnings()
                    .find(id(desk.post(cancel + "/check", desk.fields(check, "act", "submit"))))
                    .orElseThrow();
            assertEquals(MsgType.CANCEL, end.alert().msgType());
            assertEquals(second.id(), end.predecessor());
        }
    }

    @Test
    void furtherChannelsAreAnUpdateWithAllChannelsThatSaysWhoGetsIt(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            String draft = desk.ready("actual");
            desk.post(
                    draft + "/where",
                    desk.fields(desk.get(draft + "/where"), "act", "next", "channel", "sms", "division", TWO));
            String id = id(desk.post(draft + "/check", desk.fields(desk.get(draft + "/check"), "act", "submit")));
            gateway.post(Role.SIGNER, "/api/v1/warnings/" + id + "/approve", "{\"version\":1}");
            String further = "/console/issue/from/" + id + "/channels";
            assertTrue(desk.get("/console/warnings/" + id).body().contains(further));
            assertFalse(
                    new Desk(gateway, Role.SIGNER)
                            .get("/console/warnings/" + id)
                            .body()
                            .contains("/console/issue/from/"),
                    "a signer has no form");

            String where = location(desk.post(further, "")).replace("#channels", "");
            String page = desk.get(where).body();
            assertEquals(6, page.split("name=\"channel\" value=\"[a-z]+\" checked", -1).length - 1, page);
            assertEquals(1, page.split("已用过</span>", -1).length - 1, "sms alone was used");
            assertTrue(page.contains("发给全部对象"), page);
            assertEquals(where, location(desk.post(further, "")).replace("#channels", ""), "a second tap");

            String update = where.replace("/where", "");
            Warning second = gateway.rooms()
                    .warnings()
                    .find(id(desk.post(update + "/check", desk.fields(desk.get(update + "/check"), "act", "submit"))))
                    .orElseThrow();
            assertEquals(MsgType.UPDATE, second.alert().msgType());
            assertEquals(Set.of(), second.channels(), "all");
            gateway.post(Role.SIGNER, "/api/v1/warnings/" + second.id() + "/approve", "{\"version\":1}");
            assertFalse(desk.get("/console/warnings/" + second.id()).body().contains("/channels\""), "none is left");
        }
    }

    @Test
    void aReturnedWarningIsMendedInTheFormAndHandedInAgain(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            Warning first = returned(gateway, desk);
            assertTrue(
                    desk.get("/console/warnings/" + first.id()).body().contains("/console/issue/edit/" + first.id()));
            assertFalse(new Desk(gateway, Role.SIGNER)
                    .get("/console/warnings/" + first.id())
                    .body()
                    .contains("/console/issue/edit/"));

            String edit = edit(desk, first);
            HttpResponse<String> what = desk.get(edit + "/what");
            assertTrue(what.body().contains("桥名写错了"), "why it came back");
            assertTrue(what.body().contains("data-doing=\"edit\""), "others see who edits");
            assertTrue(desk.get(edit + "/where").body().contains("data-chip=\"" + TWO + "\""));
            assertEquals(edit, edit(desk, first), "a second tap goes on with it");
            desk.post(edit + "/what", desk.fields(what, "act", "stay", "sentence", "毛河大桥已封闭。"));
            String check = desk.fields(desk.get(edit + "/check"), "act", "submit");
            HttpResponse<String> done = desk.post(edit + "/check", check);

            assertEquals(first.id(), id(done));
            assertEquals(id(done), id(desk.post(edit + "/check", check)), "a second click");
            Warning mended = only(gateway);
            Info before = first.alert().infos().get(0);
            Info after = mended.alert().infos().get(0);
            assertEquals(WarningState.AWAITING_SIGNATURE, mended.state());
            assertEquals(first.alert().identifier(), mended.alert().identifier());
            assertEquals(first.alert().sent(), mended.alert().sent());
            assertEquals(before.description() + "毛河大桥已封闭。", after.description());
            assertEquals(before.expires(), after.expires());
            assertEquals(before.areas(), after.areas());
            assertEquals(409, desk.post("/console/issue/edit/" + first.id(), "").statusCode(), "it is handed in");
        }
    }

    @Test
    void whoIsOvertakenWhileEditingSeesBothAndLosesNothing(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            Warning first = returned(gateway, desk);
            String edit = edit(desk, first);
            desk.post(edit + "/what", desk.fields(desk.get(edit + "/what"), "act", "stay", "headline", "我写的标题"));
            HttpResponse<String> check = desk.get(edit + "/check");
            byte[] other = CapWriter.write(first.alert())
                    .replace(headline(first), "别人写的标题")
                    .getBytes(UTF_8);
            gateway.rooms().signOff().edit(OTHER, first.id(), first.version(), posting(gateway, other));

            HttpResponse<String> late = desk.post(edit + "/check", desk.fields(check, "act", "submit"));

            assertEquals(409, late.statusCode());
            assertTrue(late.body().contains("id=\"overtaken\""), late.body());
            assertTrue(late.body().contains("我写的标题") && late.body().contains("别人写的标题"), late.body());
            assertEquals("别人写的标题", headline(only(gateway)), "nothing was overwritten");
            assertTrue(desk.get(edit + "/what").body().contains("我写的标题"));

            String seen = "&version=" + only(gateway).version();
            desk.post(edit + "/what", desk.fields(desk.get(edit + "/what"), "act", "over") + seen);
            HttpResponse<String> now = desk.get(edit + "/check");
            assertFalse(now.body().contains("id=\"overtaken\""));
            assertEquals(first.id(), id(desk.post(edit + "/check", desk.fields(now, "act", "submit"))));
            assertEquals("我写的标题", headline(only(gateway)));
        }
    }

    @Test
    void whatIsThereNowCanBeTakenInstead(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            Warning first = returned(gateway, desk);
            String edit = edit(desk, first);
            desk.post(edit + "/what", desk.fields(desk.get(edit + "/what"), "act", "stay", "headline", "我写的标题"));
            gateway.post(Role.ISSUER, "/api/v1/warnings/" + first.id() + "/submit", "{}");

            HttpResponse<String> closed = desk.get(edit + "/check");
            assertTrue(closed.body().contains("不能再修改"), closed.body());
            assertEquals(
                    409,
                    desk.post(edit + "/check", desk.fields(closed, "act", "submit"))
                            .statusCode());

            gateway.post(Role.SIGNER, "/api/v1/warnings/" + first.id() + "/return", "{\"reason\":\"再看\"}");
            String seen = "&version=" + only(gateway).version();
            desk.post(edit + "/what", desk.fields(desk.get(edit + "/what"), "act", "theirs") + seen);

            HttpResponse<String> what = desk.get(edit + "/what");
            assertFalse(what.body().contains("id=\"overtaken\""), what.body());
            assertTrue(what.body().contains(headline(first)) && !what.body().contains("我写的标题"), what.body());
        }
    }

    @Test
    void aDraftOfTheApiThatTheFormWouldMaimIsLeftToTheApiWithTheReason(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            Warning first = returned(gateway, desk);
            String edit = edit(desk, first);
            byte[] endless = CapWriter.write(first.alert())
                    .replaceAll("<expires>[^<]*</expires>", "")
                    .getBytes(UTF_8);
            gateway.rooms().signOff().edit(OTHER, first.id(), first.version(), posting(gateway, endless));

            String page = desk.get("/console/warnings/" + first.id()).body();

            assertFalse(page.contains("/console/issue/edit/"), page);
            assertTrue(page.contains("没有截止时间"), page);
            assertEquals(409, desk.post("/console/issue/edit/" + first.id(), "").statusCode());

            String seen = "&version=" + only(gateway).version();
            desk.post(edit + "/what", desk.fields(desk.get(edit + "/what"), "act", "over") + seen);
            HttpResponse<String> check = desk.get(edit + "/check");
            assertTrue(check.body().contains("没有截止时间"), "an edit that was begun before");
            assertEquals(
                    409,
                    desk.post(edit + "/check", desk.fields(check, "act", "submit"))
                            .statusCode());
            assertNull(only(gateway).expires(), "nothing is lost");
        }
    }

    private static Warning returned(TestGateway gateway, Desk desk) {
        String draft = desk.ready("actual");
        String id = id(desk.post(draft + "/check", desk.fields(desk.get(draft + "/check"), "act", "submit")));
        gateway.post(Role.SIGNER, "/api/v1/warnings/" + id + "/return", "{\"reason\":\"桥名写错了\"}");
        return gateway.rooms().warnings().find(id).orElseThrow();
    }

    private static Posting posting(TestGateway gateway, byte[] cap) {
        return Objects.requireNonNull(
                gateway.rooms().reception().examine("application/cap+xml", cap).posting());
    }

    private static String edit(Desk desk, Warning warning) {
        return location(desk.post("/console/issue/edit/" + warning.id(), "")).replace("/what", "");
    }

    private static String headline(Warning warning) {
        return String.valueOf(warning.alert().infos().get(0).headline());
    }

    @Test
    void otherHoursTakeThePlaceOfATime(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            String draft = desk.begin("actual", "rainstorm-I");
            desk.post(
                    draft + "/what",
                    desk.fields(desk.get(draft + "/what"), "act", "stay", "until", "2030-01-01T08:00"));
            assertTrue(desk.get(draft + "/what").body().contains("value=\"2030-01-01T08:00\""));

            desk.post(draft + "/what", desk.fields(desk.get(draft + "/what"), "act", "stay", "hours", "6"));

            assertFalse(desk.get(draft + "/what").body().contains("2030-01-01"));
        }
    }

    @Test
    void drillsHaveADoorAndAFrameOfTheirOwnAndNoFieldForIt(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);
            assertFalse(desk.get("/console/issue").body().contains("drill-page"));
            assertTrue(desk.get("/console/issue/drill").body().contains("drill-page"));
            String draft = desk.ready("exercise");
            for (String step : List.of("/what", "/where", "/check")) {
                assertTrue(desk.get(draft + step).body().contains("drill-page"), step);
                assertFalse(desk.get(draft + step).body().contains("name=\"status\""));
            }
            assertTrue(desk.get(draft + "/check").body().contains("【演练】"));

            desk.post(draft + "/check", desk.fields(desk.get(draft + "/check"), "act", "submit", "status", "Actual"));

            assertEquals(Status.EXERCISE, only(gateway).alert().status());
            assertEquals(
                    404,
                    desk.post("/console/issue/begin/live", "template=rainstorm-I")
                            .statusCode());
        }
    }

    @Test
    void draftsAreTheirOwnersAndTheFormIsIssuersAlone(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            String draft = new Desk(gateway, Role.ISSUER).begin("actual", "rainstorm-I");
            Desk signer = new Desk(gateway, Role.SIGNER);

            assertEquals(403, signer.get("/console/issue").statusCode());
            assertEquals(403, signer.get(draft + "/what").statusCode());
            assertFalse(signer.get("/console/").body().contains("/console/issue"));
            assertEquals(
                    404,
                    new Desk(gateway, Role.ISSUER)
                            .get("/console/issue/drafts/" + "0".repeat(16) + "/what")
                            .statusCode());
            assertEquals(303, gateway.get(null, "/console/issue").statusCode());
        }
    }

    @Test
    void findsDivisionsAndGivesTheirOutlines(Redis redis) {
        try (TestGateway gateway = county(redis)) {
            Desk desk = new Desk(gateway, Role.ISSUER);

            assertTrue(desk.get("/console/issue/divisions?q=cgz").body().contains("城关镇"));
            HttpResponse<String> outlines = desk.get("/console/issue/outlines");
            assertEquals(200, outlines.statusCode());
            assertEquals(
                    743,
                    TestGateway.json(outlines).path("features").findValuesAsText("level").stream()
                            .filter("village"::equals)
                            .count());
        }
    }

    private static TestGateway county(Redis redis) {
        TestGateway gateway = new TestGateway(redis);
        TestIssuing.fill(gateway.registry);
        return gateway;
    }

    private static List<Warning> all(TestGateway gateway) {
        return gateway.rooms()
                .warnings()
                .list(new WarningStore.Query(Set.of(), null, null, 100))
                .warnings();
    }

    private static Warning only(TestGateway gateway) {
        List<Warning> all = all(gateway);
        assertEquals(1, all.size());
        return all.get(0);
    }

    private static String id(HttpResponse<String> response) {
        return location(response).replace("/console/warnings/", "");
    }

    private static String location(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(response.statusCode() + " " + response.body()));
    }

    private static String find(String body, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(body);
        assertTrue(matcher.find(), pattern);
        return matcher.group(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** Somebody who is signed in, with a browser that runs no script. */
    private static final class Desk {
        private final TestGateway gateway;
        private final String session;

        Desk(TestGateway gateway, Role role) {
            this.gateway = gateway;
            HttpResponse<String> in = gateway.send(gateway.request("/console/sign-in")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", gateway.address())
                    .POST(BodyPublishers.ofString("key=" + TestGateway.key(role)))
                    .build());
            session = in.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        }

        HttpResponse<String> get(String path) {
            return gateway.send(
                    gateway.request(path).header("Cookie", session).GET().build());
        }

        HttpResponse<String> post(String path, String form) {
            HttpRequest.Builder request = gateway.request(path)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Cookie", session)
                    .header("Origin", gateway.address());
            return gateway.send(request.POST(BodyPublishers.ofString(form)).build());
        }

        HttpResponse<String> redirected(HttpResponse<String> response) {
            assertEquals(303, response.statusCode(), response.body());
            HttpResponse<String> page = get(location(response).replaceAll("#.*", ""));
            assertEquals(200, page.statusCode(), page.body());
            return page;
        }

        String begin(String door, String template) {
            return location(post("/console/issue/begin/" + door, "template=" + template))
                    .replace("/what", "");
        }

        /** A draft that needs nothing more than to be submitted. */
        String ready(String door) {
            String draft = begin(door, "rainstorm-I");
            HttpResponse<String> next = post(
                    draft + "/where", fields(get(draft + "/where"), "act", "next", "division", TWO, "division", THREE));
            assertEquals(303, next.statusCode(), next.body());
            return draft;
        }

        /** What a browser would send of the page's main form, with some fields typed into. */
        String fields(HttpResponse<String> page, String... typed) {
            String body = page.body();
            int from = body.indexOf("<form id=\"issue\"");
            assertTrue(from >= 0, body);
            String form = body.substring(from, body.indexOf("</form>", from));
            Set<String> overwritten = new LinkedHashSet<>();
            List<String> pairs = new ArrayList<>();
            for (int at = 0; at < typed.length; at += 2) {
                overwritten.add(typed[at]);
                pairs.add(encoded(typed[at]) + "=" + encoded(typed[at + 1]));
            }
            List<String[]> there = new ArrayList<>();
            Matcher inputs = Pattern.compile("<input([^>]*)>").matcher(form);
            while (inputs.find()) {
                String tag = inputs.group(1);
                boolean box = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
                if (tag.contains("name=") && (!box || tag.contains(" checked"))) {
                    there.add(new String[] {attribute(tag, "name"), attribute(tag, "value")});
                }
            }
            Matcher areas =
                    Pattern.compile("<textarea([^>]*)>([^<]*)</textarea>").matcher(form);
            while (areas.find()) {
                there.add(new String[] {attribute(areas.group(1), "name"), areas.group(2)});
            }
            Matcher selects = Pattern.compile("<select([^>]*)>(.*?)</select>", Pattern.DOTALL)
                    .matcher(form);
            while (selects.find()) {
                Matcher option =
                        Pattern.compile("<option value=\"([^\"]*)\" selected").matcher(selects.group(2));
                Matcher first = Pattern.compile("<option value=\"([^\"]*)\"").matcher(selects.group(2));
                boolean chosen = option.find();
                if (chosen || first.find()) {
                    there.add(
                            new String[] {attribute(selects.group(1), "name"), chosen ? option.group(1) : first.group(1)
                            });
                }
            }
            for (String[] field : there) {
                if (!overwritten.contains(field[0])) {
                    pairs.add(encoded(field[0]) + "=" + encoded(plain(field[1])));
                }
            }
            return String.join("&", pairs);
        }

        private static String attribute(String tag, String name) {
            Matcher value = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
            return value.find() ? value.group(1) : "";
        }

        private static String plain(String escaped) {
            return escaped.replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&#34;", "\"")
                    .replace("&#39;", "'")
                    .replace("&amp;", "&");
        }
    }
}
