package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.tocsin.gateway.access.AccessBench;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.issue.SavedAreas;
import org.tocsin.gateway.registry.Divisions;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.Summaries;
import org.tocsin.gateway.report.watch.LinkNow;
import org.tocsin.gateway.report.watch.TerminalsNow;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisSavedAreaStore;

/** A gateway with a county of 743 villages, people, imports, and warnings and drills in every state that has a page. */
final class FilledGateway implements AutoCloseable {
    /** The name and account of who has every role of people. */
    static final String EVERYBODY = "wang.xiaoming";

    private static final String IMPORTS = "/console/operate/imports";
    private static final String REVISION = "(?s).*name=\"revision\" value=\"([^\"]*)\".*";
    private static final int VILLAGES = 743;

    final TestGateway gateway;
    /** The session's cookie of {@link #EVERYBODY}. */
    final String session;
    /** The session's cookie of somebody without a second factor. */
    final String sessionOfLi;

    final String draft;
    final String drillDraft;
    final String live;
    final String liveDrill;
    final String waiting;
    final String waitingDrill;
    final String returned;
    final String kept;
    final String own;
    final String stopped;
    final String job;

    FilledGateway(Redis redis) {
        gateway = new TestGateway(redis);
        TestIssuing.fill(gateway.registry);
        Principal everybody =
                gateway.people.person(EVERYBODY, Role.ISSUER, Role.REVIEWER, Role.SIGNER, Role.AUDITOR, Role.ADMIN);
        session = signedIn(EVERYBODY);
        gateway.people.enrol(EVERYBODY);
        gateway.people.personByAPerson("li.si", Role.ISSUER);
        sessionOfLi = signedIn("li.si");
        gateway.people.desk.rights().proposeNewClient(everybody, "water", "水利局雨情系统", AccessBench.grant(Role.AGENCY));
        post("/console/matrix", Map.of("matrix", "machineSignOff: II"));
        county();
        new SavedAreas(new RedisSavedAreaStore(redis, gateway.ledger), InstantSource.system(), new SecureRandom())
                .add(everybody, "沿河两乡", List.of("411426101000", "411426102000"), "", null);
        own = submitted(begun("actual"));
        draft = begun("actual");
        drillDraft = begun("exercise");
        live = gateway.signed("A1");
        liveDrill = posted("A2", "Exercise", "暴雨红色预警演练");
        sign(liveDrill);
        waiting = gateway.posted("A3");
        waitingDrill = posted("A4", "Exercise", "暴雨红色预警演练");
        returned = gateway.posted("A5");
        gateway.post(
                Role.SIGNER,
                "/api/v1/warnings/" + returned + "/return",
                "{\"version\":1,\"reason\":\"请写明预计小时雨量，并把沿河两乡放在最前面。\"}");
        kept = TestGateway.json(gateway.post(Role.ISSUER, "/api/v1/warnings?draft=true", "{\"identifier\":\"A6\"}"))
                .path("id")
                .asText();
        stopped = gateway.signed("A7");
        gateway.post(Role.SIGNER, "/api/v1/warnings/" + stopped + "/stop", "{}");
        figures();
        job = imported();
        post(
                "/console/operate/templates/rainstorm/I/zh-CN",
                Map.of("after", "0", "description", "雨很大。", "instruction", "马上到高处去。", "why", "本县山多", "act", "keep"));
        post("/console/operate/channels/sms-a/test", Map.of());
    }

    /** The public page of a warning. */
    String publicPage(String id) {
        return TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/warnings/" + id))
                .path("links")
                .path("public")
                .asText();
    }

    /** The paths of every page of the console and of the public one, those of drills marked. */
    Map<String, Boolean> pages() {
        Map<String, Boolean> pages = new LinkedHashMap<>();
        for (String path : List.of(
                "/console/sign-in",
                "/console/sign-in/code",
                "/console/sign-in/password",
                "/console/",
                "/console/queue",
                "/console/warnings",
                "/console/issue",
                "/console/reports",
                "/console/me",
                "/console/me/second-factor",
                "/console/users",
                "/console/users/li.si",
                "/console/clients",
                "/console/clients/admin",
                "/console/rights",
                "/console/matrix",
                "/console/operate",
                "/console/operate/imports",
                "/console/operate/contacts",
                "/console/operate/divisions",
                "/console/operate/divisions?under=411426101000",
                "/console/operate/audiences",
                "/console/operate/terminals",
                "/console/operate/channels",
                "/console/operate/templates",
                "/console/operate/templates/rainstorm/I/zh-CN",
                "/console/operate/templates/other/IV/en-US",
                "/console/audit",
                "/console/audit/ledger",
                "/console/audit/packs",
                IMPORTS + "/" + job,
                publicPage(live))) {
            pages.put(path, false);
        }
        for (String id : List.of(live, waiting, returned, kept, own, stopped)) {
            pages.put("/console/warnings/" + id, false);
        }
        for (String path : List.of(
                kept + "/submit",
                own + "/withdraw",
                live + "/stop",
                stopped + "/resume",
                live + "/cancel",
                stopped + "/close",
                live + "/report")) {
            pages.put("/console/warnings/" + path, false);
        }
        for (String page : List.of("survey", "unreached")) {
            pages.put("/console/audit/warnings/" + live + "/" + page, false);
        }
        for (String step : List.of("what", "where", "check", "page")) {
            pages.put("/console/issue/drafts/" + draft + "/" + step, false);
            pages.put("/console/issue/drafts/" + drillDraft + "/" + step, true);
        }
        pages.put("/console/issue/drill", true);
        for (String id : List.of(liveDrill, waitingDrill, liveDrill + "/stop", liveDrill + "/report")) {
            pages.put("/console/warnings/" + id, true);
        }
        return pages;
    }

    /** What is called so in the county, longest first: names that stand on pages of every language as they are. */
    List<String> names() {
        List<String> names =
                new ArrayList<>(List.of("暴雨红色预警演练", "夏邑县气象台发布暴雨红色预警", "暴雨红色预警", "沿河两乡", "水利局雨情系统", EVERYBODY, "li.si"));
        gateway.registry.divisions().all().forEach(division -> names.add(division.name()));
        gateway.registry.view().audiences().values().forEach(audience -> names.add(audience.title()));
        names.sort(Comparator.comparing(String::length).reversed());
        return names.stream().distinct().toList();
    }

    @Override
    public void close() {
        gateway.close();
    }

    private void county() {
        gateway.watch.links = List.of(
                new LinkNow("mobile", "sms", "mobile", LinkNow.State.UP, 0, 0),
                new LinkNow("unicom", "sms", "unicom", LinkNow.State.REFUSED, 1_234, 0));
        gateway.watch.terminals =
                List.of(new TerminalsNow("loudspeaker", 743, 600, true), new TerminalsNow("screen", 248, 0, false));
    }

    private void figures() {
        Instant signed = Instant.now().minus(Duration.ofMinutes(6));
        Forecast forecast = new Forecast(Forecast.State.EXPECTED, 600.0, 500.0, 700.0);
        IssueSummary summary = Summaries.of(live, signed, VILLAGES);
        gateway.reported = new Reported(summary, forecast, ZoneOffset.ofHours(8));
        gateway.reportedOf.put(
                liveDrill,
                new Reported(Summaries.drill(liveDrill, signed, VILLAGES), Forecast.UNKNOWN, ZoneOffset.ofHours(8)));
        gateway.coverage = coverage(summary);
        gateway.map = map(summary);
        for (String id : List.of(live, stopped)) {
            gateway.watch.standings.put(
                    id, new WatchDesk.Standing(true, 1_345_678, 1_234_567, 0.95, "missed", Instant.now()));
        }
        gateway.watch.standings.put(liveDrill, new WatchDesk.Standing(false, 1_000, 900, 0.95, "none", Instant.now()));
    }

    /** The county's real shapes under the codes of the summary's villages. */
    private AreaMap map(IssueSummary summary) {
        Divisions divisions = gateway.registry.divisions();
        List<String> codes = new ArrayList<>();
        for (int village = 0; village < divisions.villages(); village++) {
            codes.add(divisions.village(village).code());
        }
        AreaMap real = AreaMap.of(divisions, codes);
        Map<String, String> paths = new LinkedHashMap<>();
        Iterator<String> shapes = real.paths().values().iterator();
        summary.villages().forEach(village -> paths.put(village.code(), shapes.next()));
        return new AreaMap(real.width(), real.height(), paths);
    }

    private static byte[] coverage(IssueSummary summary) {
        ObjectNode coverage = new ObjectMapper().createObjectNode();
        coverage.put("residents", 1_345_678)
                .put("confirmed", 1_200_000)
                .put("lower", 1_234_567)
                .put("estimate", 1_240_000)
                .put("upper", 1_300_000)
                .put("goal", 0.95)
                .put("verdict", "missed")
                .put("asOf", "2026-07-20T09:03:01.071+08:00");
        ObjectNode counts = coverage.putObject("channels").putObject("sms");
        counts.put("planned", 1_000_000)
                .put("submitted", 990_000)
                .put("accepted", 980_000)
                .put("delivered", 900_000)
                .put("acknowledged", 0)
                .put("failed", 60_000)
                .put("noReport", 20_000);
        ArrayNode divisions = coverage.putArray("divisions");
        summary.villages().forEach(village -> divisions
                .addObject()
                .put("code", village.code())
                .put("name", village.name())
                .put("residents", 1_500)
                .put("lower", 1_400));
        return coverage.toString().getBytes(UTF_8);
    }

    private String begun(String door) {
        HttpResponse<String> begun = post("/console/issue/begin/" + door, Map.of("template", "rainstorm-I"));
        String path = begun.headers().firstValue("Location").orElseThrow().replaceAll("/what.*", "");
        ConsoleVisitor visitor = ConsoleVisitor.of(gateway, session);
        String revision = visitor.get(path + "/where").body().replaceAll(REVISION, "$1");
        visitor.post(
                path + "/where",
                "revision",
                revision,
                "act",
                "next",
                "audience",
                "residents",
                "channel",
                "sms",
                "channel",
                "loudspeaker",
                "channel",
                "screen",
                "channel",
                "wechat",
                "channel",
                "app",
                "channel",
                "email",
                "division",
                "411426101000",
                "division",
                "411426102000");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String submitted(String ready) {
        ConsoleVisitor visitor = ConsoleVisitor.of(gateway, session);
        String check = "/console/issue/drafts/" + ready + "/check";
        String revision = visitor.get(check).body().replaceAll(REVISION, "$1");
        String path = visitor.post(check, "revision", revision, "act", "submit")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String imported() {
        ConsoleVisitor visitor = ConsoleVisitor.of(gateway, session);
        HttpResponse<String> good = checked(visitor, "audiences", "name,title\nnurses,护士\n");
        String path = good.uri().getPath();
        String hash = good.body().replaceAll("(?s).*name=\"sha256\" value=\"([0-9a-f]{64})\".*", "$1");
        visitor.post(path + "/confirm", "sha256", hash);
        Awaitility.await().until(() -> visitor.get(path).body(), body -> body.contains("已导入"));
        String wrong =
                """
                code,name,parent,residents,residentsSource,residentsDate
                411426000000,夏邑县,,many,,
                411426000001,一个名字很长很长很长很长很长很长很长很长的村,411426000009,1,,
                """;
        String with = checked(visitor, "divisions", wrong).uri().getPath();
        return with.substring(with.lastIndexOf('/') + 1);
    }

    private static HttpResponse<String> checked(ConsoleVisitor visitor, String kind, String file) {
        String path = visitor.upload(IMPORTS, kind, kind + ".csv", file)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return Awaitility.await()
                .until(() -> visitor.get(path), answer -> !answer.body().contains("hx-get"));
    }

    private String posted(String identifier, String status, String headline) {
        return TestGateway.json(gateway.post(
                        Role.ISSUER,
                        "/api/v1/warnings",
                        "{\"identifier\":\"" + identifier + "\",\"status\":\"" + status + "\",\"headline\":\""
                                + headline + "\"}"))
                .path("id")
                .asText();
    }

    private void sign(String id) {
        gateway.post(Role.SIGNER, "/api/v1/warnings/" + id + "/approve", "{\"version\":1}");
    }

    private HttpResponse<String> post(String path, Map<String, String> fields) {
        return ConsoleTest.form(gateway, session, gateway.address(), path, fields);
    }

    /** Who looks at a page: {@link #EVERYBODY}, but where something is still to be set up. */
    String whoLooksAt(String path) {
        return path.equals("/console/me/second-factor") ? sessionOfLi : session;
    }

    private String signedIn(String name) {
        HttpResponse<String> signedIn = ConsoleTest.form(
                gateway,
                "",
                gateway.address(),
                "/console/sign-in",
                Map.of("name", name, "password", AccessBench.PASSWORD));
        return signedIn.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("tocsin-session="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new AssertionError(signedIn.statusCode() + " " + signedIn.body()));
    }

    /** Route patterns that are pages of nobody: parts of pages, files, streams and ways to elsewhere. */
    static final Set<String> NO_PAGES = Set.of(
            "/console",
            "/console/duty/now",
            "/console/duty/events",
            "/console/warnings/{id}/now",
            "/console/issue/divisions",
            "/console/issue/outlines",
            "/console/files/{file}",
            "/console/lib/{file}");
}
