package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.gateway.report.pack.PackVerification;
import org.tocsin.gateway.report.pack.PackVerifier;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/** Every kind of warning has an evidence pack that verifies, or a clear answer. */
class EvidenceKindsIT {
    private static final String COUNTY = "990101000000";
    private static final String TOWN = "990101001001";
    private static final String WITHOUT_TELEPHONES = "990101001002";
    private static final int PEOPLE = 400;
    private static final int OFFICERS = 30;
    private static final int PROBES = 5;

    @TempDir
    private Path folder = Path.of("");

    private final OffsetDateTime now = OffsetDateTime.now(ZoneOffset.ofHours(8)).withNano(0);
    private int posted;

    @Test
    void everyKindOfWarningHasAPackThatVerifiesOrAClearAnswer() throws Exception {
        try (SmppSimulator carrier = new SmppSimulator()) {
            Map<String, String> link = carrier.start(new SimulatorContext(
                    "sms-kinds", 1, Map.of("delivered", 0.9, "silent", 0.0), Map.of(), folder.resolve("truth")));
            try (RunningGateway gateway = RunningGateway.start(folder.resolve("data"), link)) {
                importCounty(gateway);

                String alert = alert(COUNTY);
                String first = signed(gateway, alert);
                settled(gateway, first, PEOPLE);
                PackVerification whole = verified(gateway, first);
                assertEquals("true", computed(whole, "applies"));
                assertEquals("500", computed(whole, "residents"));
                assertEquals(Integer.toString(PEOPLE), computed(whole, "addressed"));

                String update = following(alert(COUNTY), alert, "Update");
                String second = signed(gateway, update);
                settled(gateway, second, PEOPLE);
                assertEquals("true", computed(verified(gateway, second), "applies"));
                verified(gateway, first);

                String third = signed(gateway, following(alert(COUNTY), update, "Cancel"));
                settled(gateway, third, PEOPLE);
                PackVerification end = verified(gateway, third);
                assertEquals(Integer.toString(PEOPLE), computed(end, "addressed"));
                verified(gateway, second);

                String exercise = signed(gateway, alert(COUNTY).replace("Actual", "Exercise"));
                settled(gateway, exercise, PROBES);
                assertEquals("false", computed(verified(gateway, exercise), "applies"));

                String officers = signed(
                        gateway,
                        alert(COUNTY)
                                .replace(
                                        "<area>",
                                        "<parameter><valueName>tocsin.audience</valueName><value>officers</value></parameter>"
                                                + "<area>"));
                settled(gateway, officers, OFFICERS);
                PackVerification some = verified(gateway, officers);
                assertEquals("false", computed(some, "applies"));
                assertEquals(Integer.toString(OFFICERS), computed(some, "addressed"));

                String nobody = signed(gateway, alert(WITHOUT_TELEPHONES));
                settled(gateway, nobody, 0);
                PackVerification none = verified(gateway, nobody);
                assertEquals("100", computed(none, "residents"));
                assertEquals("0", computed(none, "upper"));
                assertEquals("missed", computed(none, "verdict"));

                String draft = posted(gateway, alert(TOWN)).path("id").asText();
                assertEquals(
                        404, gateway.evidence(draft, folder.resolve("draft")).statusCode());

                String stopped = signed(gateway, alert(TOWN));
                gateway.send("signer", "POST", "/api/v1/warnings/" + stopped + "/stop", "application/json", "{}");
                Awaitility.await("it is planned, and waits")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> gateway.evidence(stopped, folder.resolve("stopped"))
                                        .statusCode()
                                == 200);
                verified(gateway, stopped);
            }
        }
    }

    /** The pack's figures, all of which fit and are those of the API. */
    private PackVerification verified(RunningGateway gateway, String id) throws Exception {
        Path pack = gateway.pack(id, folder.resolve(id + ".pack"));
        PackVerification found = PackVerifier.verify(pack, null);
        assertTrue(found.holds(), () -> id + " " + found.findings());
        assertEquals(0, Tocsin.commandLine().execute("verify", pack.toString()));
        JsonNode coverage = gateway.coverage(id);
        for (String name : new String[] {"residents", "confirmed", "lower", "estimate", "upper", "verdict"}) {
            if (coverage.path("applies").asBoolean()) {
                assertEquals(coverage.path(name).asText(), computed(found, name), id + " " + name);
            }
        }
        return found;
    }

    private static String computed(PackVerification found, String name) {
        return Objects.requireNonNull(found.figures().get(name), name).computed();
    }

    private static void settled(RunningGateway gateway, String id, int addressed) {
        Awaitility.await("each of " + addressed + " has a final report")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    JsonNode coverage = gateway.coverage(id);
                    JsonNode sms = coverage.path("channels").path("sms");
                    return coverage.path("audience").path("addressed").asInt(-1) == addressed
                            && sms.path("delivered").asInt()
                                            + sms.path("failed").asInt()
                                    == addressed;
                });
    }

    private String alert(String division) {
        return DemoClient.alert(now.minusSeconds(++posted)).replace("411426000000", division);
    }

    private static String following(String alert, String before, String msgType) {
        return alert.replace("<msgType>Alert<", "<msgType>" + msgType + "<")
                .replace(
                        "</note>",
                        "</note><references>" + text(before, "sender") + "," + text(before, "identifier") + ","
                                + text(before, "sent") + "</references>");
    }

    private static String text(String xml, String element) {
        int from = xml.indexOf("<" + element + ">") + element.length() + 2;
        return xml.substring(from, xml.indexOf("</" + element + ">", from));
    }

    private static JsonNode posted(RunningGateway gateway, String alert) {
        return gateway.send("agency", "POST", "/api/v1/warnings", "application/cap+xml", alert);
    }

    private static String signed(RunningGateway gateway, String alert) {
        JsonNode posted = posted(gateway, alert);
        String id = posted.path("id").asText();
        gateway.send(
                "signer",
                "POST",
                "/api/v1/warnings/" + id + "/approve",
                "application/json",
                "{\"version\": " + posted.path("version").asLong() + "}");
        return id;
    }

    private static void importCounty(RunningGateway gateway) {
        send(
                gateway,
                "divisions",
                """
                code,name,parent,residents,residentsSource,residentsDate
                990101000000,County,,500,synthetic,2026-01-01
                990101001000,Town,990101000000,500,synthetic,2026-01-01
                990101001001,Town village,990101001000,400,synthetic,2026-01-01
                990101001002,Hill village,990101001000,100,synthetic,2026-01-01
                """);
        send(gateway, "audiences", "name,title\nofficers,Officers\n");
        StringBuilder contacts = new StringBuilder(
                "personKey,name,division,phone,openid,appToken,email,language,longitude,latitude,audiences\n");
        for (int person = 0; person < PEOPLE + PROBES; person++) {
            contacts.append(String.format(
                    "p%05d,,%s,+86100%08d,,,,zh-CN,,,%s%n",
                    person, TOWN, person, person < OFFICERS ? "officers" : person >= PEOPLE ? "probe" : ""));
        }
        contacts.append("h1,,").append(WITHOUT_TELEPHONES).append(",,,,h1@example.org,zh-CN,,,\n");
        send(gateway, "contacts", contacts.toString());
    }

    private static void send(RunningGateway gateway, String kind, String csv) {
        JsonNode report = gateway.send("admin", "POST", "/api/v1/registry/" + kind, "text/csv", csv);
        assertEquals(0, report.path("refused").asInt(), report::toString);
    }
}
