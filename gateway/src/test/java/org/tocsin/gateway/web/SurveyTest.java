package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tocsin.gateway.web.TestGateway.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.MeasuredArea;

@ExtendWith(RedisExtension.class)
class SurveyTest {
    private static final String HEADER = "number,interview,heardInTime,channels,heardAt\n";

    @Test
    void plansASampleTakesAnswersAndShowsBothMethodsSideBySide(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String survey = surveyed(gateway);
            assertEquals(404, gateway.get(Role.AUDITOR, survey).statusCode());

            HttpResponse<String> planned = gateway.post(Role.AUDITOR, survey, "{\"seed\":\"2026-07-20 lots\"}");

            assertEquals(201, planned.statusCode(), planned.body());
            assertEquals(survey, planned.headers().firstValue("Location").orElse(""));
            JsonNode plan = json(planned).path("plan");
            long residents = plan.path("residents").asLong();
            assertEquals(10_000, residents);
            assertTrue(plan.path("interviews").asLong() >= 370, "what 10,000 residents and 5 % take");
            long drawn = plan.path("drawn").asLong();
            long before = 1;
            for (JsonNode stratum : plan.path("strata")) {
                assertEquals(before, stratum.path("firstNumber").asLong());
                assertTrue(stratum.path("interviews").asLong() >= 2, stratum::toString);
                assertFalse(stratum.path("name").asText().isEmpty());
                before += stratum.path("drawn").asLong();
            }
            assertEquals(drawn, before - 1);

            // Nine of ten of the interviewed have heard it, by text message; the last number wants no interview.
            StringBuilder csv = new StringBuilder(HEADER);
            for (int number = 1; number < drawn; number++) {
                csv.append(number).append(number % 10 == 0 ? ",yes,no,,\n" : ",yes,yes,sms,\n");
            }
            HttpResponse<String> answered =
                    gateway.post(Role.ADMIN, survey + "/answers", "text/csv", BodyPublishers.ofString(csv.toString()));
            assertEquals(200, answered.statusCode(), answered.body());
            assertEquals(
                    200,
                    gateway.post(
                                    Role.AUDITOR,
                                    survey + "/answers",
                                    "{\"number\":" + drawn + ",\"interview\":\"refused\"}")
                            .statusCode());

            gateway.coverage = coverage(residents, 0.88, 0.97);
            JsonNode both = json(gateway.get(Role.ISSUER, survey));
            JsonNode found = both.path("survey");
            assertEquals(0.9, found.path("share").asDouble(), 0.01);
            assertTrue(found.path("low").asDouble() < found.path("share").asDouble(), found::toString);
            assertTrue(found.path("share").asDouble() < found.path("high").asDouble(), found::toString);
            assertEquals(0.88, both.path("measured").path("lowerShare").asDouble());
            assertEquals(0.97, both.path("measured").path("upperShare").asDouble());
            assertTrue(both.path("agree").asBoolean());
            assertFalse(found.path("provisional").asBoolean(true), found::toString);
            assertEquals(1, both.path("answers").path("refused").asLong());
            assertEquals(0, both.path("answers").path("open").asLong());
            assertEquals(
                    both.path("answers").path("heardInTime").asLong(),
                    both.path("channels").path("sms").path("persons").asLong());
            gateway.coverage = coverage(residents, 0.2, 0.4);
            assertFalse(json(gateway.get(Role.ISSUER, survey)).path("agree").asBoolean(true));
            gateway.coverage = null;
            JsonNode alone = json(gateway.get(Role.ISSUER, survey));
            assertTrue(alone.path("measured").isNull() && alone.path("agree").isNull(), alone::toString);
        }
    }

    @Test
    void aPlanStaysOnceItHasAnswersAndShowsThatItWasDrawnAnew(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String survey = surveyed(gateway);

            JsonNode first = json(gateway.post(Role.AUDITOR, survey, "{}"));
            HttpResponse<String> again = gateway.post(Role.AUDITOR, survey, "");
            HttpResponse<String> other = gateway.post(Role.ADMIN, survey, "{\"frame\":\"households\"}");
            gateway.post(Role.AUDITOR, survey + "/answers", "{\"number\":1,\"interview\":\"notFound\"}");
            HttpResponse<String> late = gateway.post(Role.AUDITOR, survey, "{\"seed\":\"a luckier one\"}");

            assertEquals(200, again.statusCode(), again.body());
            assertEquals(first, json(again));
            assertTrue(first.path("plan").path("seed").asText().matches("[0-9a-f]{32}"));
            assertEquals(201, other.statusCode());
            assertEquals(2, json(other).path("plan").path("attempt").asInt());
            assertEquals(1.5, json(other).path("plan").path("designEffect").asDouble());
            assertEquals(409, late.statusCode());
            assertEquals("survey.answered", code(late));
            List<LedgerEntry> acts = new ArrayList<>();
            gateway.ledger.read(1, acts::add);
            acts.removeIf(entry -> !entry.act().startsWith("survey."));
            assertEquals(
                    List.of("survey.plan auditor", "survey.plan admin", "survey.answers auditor"),
                    acts.stream()
                            .map(entry -> entry.act() + " " + entry.actor())
                            .toList());
            assertEquals(
                    ContentHash.of(Json.bytes(json(other).path("plan"))),
                    acts.get(1).contentHash());
        }
    }

    @Test
    void theListIsForAuditorsMaskedOrWholeAndEachTimeALineInTheLedger(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String survey = surveyed(gateway);
            String list = survey + "/sample.csv";
            assertEquals(404, gateway.get(Role.AUDITOR, list).statusCode());
            JsonNode plan = json(gateway.post(Role.AUDITOR, survey, "{}")).path("plan");

            long before = gateway.ledger.head().sequence();
            HttpResponse<String> masked = gateway.get(Role.AUDITOR, list);
            HttpResponse<String> whole = gateway.get(Role.AUDITOR, list + "?full=true");

            assertEquals(
                    "attachment; filename=\"tocsin-sample-" + survey.split("/", -1)[4] + ".csv\"",
                    masked.headers().firstValue("Content-Disposition").orElse(""));
            List<String> lines = Arrays.asList(masked.body().split("\r\n", -1));
            assertEquals("\uFEFFnumber,township,townshipName,village,villageName,name,phone", lines.get(0));
            assertEquals(plan.path("drawn").asInt() + 2, lines.size(), "a header, and nothing after the last line");
            Pattern digits = Pattern.compile("(^|,)1[0-9]{10}(,|$)");
            assertFalse(lines.stream().anyMatch(line -> digits.matcher(line).find()));
            assertTrue(lines.stream().anyMatch(line -> line.matches(".*,1..\\*{4}..$")), lines.get(1));
            assertTrue(
                    Arrays.stream(whole.body().split("\r\n", -1))
                            .anyMatch(line -> digits.matcher(line).find()),
                    "whole numbers");
            for (Role role : new Role[] {Role.AGENCY, Role.ISSUER, Role.REVIEWER, Role.SIGNER, Role.ADMIN}) {
                assertEquals(403, gateway.get(role, list).statusCode(), role.word());
                assertEquals(403, gateway.get(role, list + "?full=true").statusCode(), role.word());
            }
            assertEquals(400, gateway.get(Role.AUDITOR, list + "?full=1").statusCode());
            List<LedgerEntry> acts = new ArrayList<>();
            gateway.ledger.read(before + 1, acts::add);
            assertEquals(
                    List.of(
                            "survey.sampleMasked auditor " + ContentHash.of(masked.body()),
                            "survey.sample auditor " + ContentHash.of(whole.body())),
                    acts.stream()
                            .map(entry -> entry.act() + " " + entry.actor() + " " + entry.contentHash())
                            .toList());
        }
    }

    @Test
    void noMoreThanTwoSamplesAreDrawnAtOnce(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis)) {
            String survey = surveyed(gateway);
            String list = survey + "/sample.csv";
            assertEquals(201, gateway.post(Role.AUDITOR, survey, "{}").statusCode());
            CountDownLatch drawing = new CountDownLatch(2);
            CountDownLatch goOn = new CountDownLatch(1);
            gateway.beforeDrawing = () -> {
                drawing.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            };

            CompletableFuture<HttpResponse<String>> one = later(() -> gateway.get(Role.AUDITOR, list));
            CompletableFuture<HttpResponse<String>> two = later(() -> gateway.get(Role.AUDITOR, list));
            try {
                assertTrue(drawing.await(15, TimeUnit.SECONDS), "both are being drawn");
                HttpResponse<String> third = gateway.get(Role.AUDITOR, list);
                assertEquals(503, third.statusCode(), third.body());
                assertEquals("10", third.headers().firstValue("Retry-After").orElse(""));
                assertEquals(503, gateway.post(Role.AUDITOR, survey, "{}").statusCode(), "a plan draws too");
            } finally {
                goOn.countDown();
            }

            assertEquals(200, one.get(15, TimeUnit.SECONDS).statusCode());
            assertEquals(200, two.get(15, TimeUnit.SECONDS).statusCode());
            gateway.area = MeasuredArea.NONE;
            for (int time = 0; time < 3; time++) {
                assertEquals(409, gateway.get(Role.AUDITOR, list).statusCode(), "a refusal takes no turn away");
            }
            gateway.area = area(gateway);
            assertEquals(200, gateway.get(Role.AUDITOR, list).statusCode());
        }
    }

    @Test
    void whileMostTownshipsHaveNotAnsweredThereIsNoShareAndNoAgreement(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String survey = surveyed(gateway);
            JsonNode plan = json(gateway.post(Role.AUDITOR, survey, "{}")).path("plan");
            JsonNode first = plan.path("strata").path(0);
            StringBuilder csv = new StringBuilder(HEADER);
            for (int number = 1; number <= first.path("drawn").asInt(); number++) {
                csv.append(number).append(",yes,yes,sms,\n");
            }
            gateway.coverage = coverage(10_000, 0.5, 0.6);

            JsonNode both = json(gateway.post(
                    Role.AUDITOR, survey + "/answers", "text/csv", BodyPublishers.ofString(csv.toString())));

            JsonNode found = both.path("survey");
            double asked = first.path("residents").asDouble() / 10_000;
            assertTrue(found.path("provisional").asBoolean(), found::toString);
            assertTrue(found.path("share").isNull() && found.path("variance").isNull(), found::toString);
            assertEquals(1 - asked, found.path("unaskedShare").asDouble(), 1e-9);
            assertTrue(found.path("low").asDouble() <= asked, found::toString);
            assertEquals(1, found.path("high").asDouble(), 1e-9);
            assertEquals(plan.path("strata").size(), found.path("strata").size());
            assertTrue(found.path("strata").path(0).path("asked").asBoolean());
            assertFalse(found.path("strata").path(1).path("asked").asBoolean(true));
            assertTrue(both.path("agree").isNull(), both::toString);
            assertTrue(both.path("channels").path("sms").path("share").isNull(), both::toString);
            assertEquals(4, both.path("limits").size(), both::toString);
        }
    }

    @Test
    void nothingIsTakenOfAnswersOfWhichOneIsWrong(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String survey = surveyed(gateway);
            String answers = survey + "/answers";
            String good = "{\"number\":1,\"interview\":\"no\"}";
            assertEquals(404, gateway.post(Role.AUDITOR, answers, good).statusCode());
            gateway.post(Role.AUDITOR, survey, "{}");

            HttpResponse<String> wrong = gateway.post(
                    Role.AUDITOR,
                    answers,
                    "text/csv; charset=utf-8",
                    BodyPublishers.ofString(HEADER + "1,no,,,\n2,perhaps,,,\n99999,no,,,\n"));

            assertEquals(400, wrong.statusCode());
            assertEquals(
                    "line 3, interview",
                    json(wrong).path("errors").path(0).path("path").asText());
            assertEquals(
                    "line 4, number",
                    json(wrong).path("errors").path(1).path("path").asText());
            assertEquals(
                    0,
                    json(gateway.get(Role.AUDITOR, survey))
                            .path("answers")
                            .path("entered")
                            .asInt());
            assertEquals(
                    400, gateway.post(Role.AUDITOR, answers, "{\"number\":").statusCode());
            assertEquals(
                    415,
                    gateway.post(Role.AUDITOR, answers, "text/plain", BodyPublishers.ofString(good))
                            .statusCode());
            String long4 = "x".repeat(4 * 1024 * 1024 + 1);
            assertEquals(413, gateway.post(Role.AUDITOR, answers, long4).statusCode());
        }
    }

    @Test
    void onlyAuditorsAndAdministratorsSurvey(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String survey = surveyed(gateway);

            for (Role role : new Role[] {Role.AGENCY, Role.ISSUER, Role.REVIEWER, Role.SIGNER}) {
                assertEquals(403, gateway.post(role, survey, "{}").statusCode(), role.word());
                assertEquals(403, gateway.post(role, survey + "/answers", "{}").statusCode(), role.word());
            }
            assertEquals(401, gateway.post(null, survey, "{}").statusCode());
            assertEquals(401, gateway.get(null, survey + "/sample.csv").statusCode());
        }
    }

    @Test
    void whatCannotBeSurveyedIsSaid(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String survey = "/api/v1/warnings/" + gateway.signed("A1") + "/survey";

            assertEquals("survey.notSent", code(gateway.post(Role.AUDITOR, survey, "{}")));
            gateway.area = new MeasuredArea("responsible", false, area(gateway).atoms(), List.of());
            assertEquals("survey.notPublic", code(gateway.post(Role.AUDITOR, survey, "{}")));
            gateway.area = MeasuredArea.NONE;
            assertEquals("survey.notPublic", code(gateway.post(Role.AUDITOR, survey, "{}")));
            HttpResponse<String> wrong = gateway.post(
                    Role.AUDITOR,
                    survey,
                    "{\"frame\":\"all\",\"seed\":\"\",\"marginOfError\":5,\"confidence\":0.8,\"expectedShare\":\"half\","
                            + "\"designEffect\":0,\"responseRate\":70,\"size\":3}");
            assertEquals(400, wrong.statusCode());
            assertEquals(8, json(wrong).path("errors").size(), wrong.body());
            assertEquals(
                    404,
                    gateway.post(Role.AUDITOR, "/api/v1/warnings/none/survey", "{}")
                            .statusCode());
        }
    }

    private static CompletableFuture<HttpResponse<String>> later(Supplier<HttpResponse<String>> request) {
        return CompletableFuture.supplyAsync(request, task -> new Thread(task, "auditor").start());
    }

    private static String code(HttpResponse<String> response) {
        return json(response).path("errors").path(0).path("code").asText();
    }

    private static byte[] coverage(long residents, double lower, double upper) {
        return String.format(
                        Locale.ROOT,
                        "{\"residents\":%d,\"confirmed\":%2$d,\"lower\":%2$d,\"estimate\":%3$d,\"upper\":%3$d,"
                                + "\"goal\":0.9,\"verdict\":\"missed\",\"asOf\":\"2026-07-20T08:15:00+08:00\"}",
                        residents,
                        Math.round(lower * residents),
                        Math.round(upper * residents))
                .getBytes(UTF_8);
    }

    /** A signed warning that was sent to a synthetic county; gives the path of its survey. */
    private static String surveyed(TestGateway gateway) {
        gateway.area = area(gateway);
        return "/api/v1/warnings/" + gateway.signed("A1") + "/survey";
    }

    private static MeasuredArea area(TestGateway gateway) {
        try (RegistryWriter writer = gateway.registry.writer()) {
            new SyntheticCounty(5, 10_000, 0.9).writeTo(writer);
        }
        List<Atom> atoms = new ArrayList<>();
        for (int village = 0; village < gateway.registry.divisions().villages(); village++) {
            int residents = gateway.registry.divisions().village(village).residents();
            atoms.add(new Atom(
                    village,
                    gateway.registry.divisions().village(village).code(),
                    gateway.registry.divisions().village(village).name(),
                    residents,
                    residents,
                    false,
                    1,
                    gateway.registry.people().inVillage(village),
                    new RoaringBitmap()));
        }
        return new MeasuredArea("residents", true, atoms, List.of());
    }
}
