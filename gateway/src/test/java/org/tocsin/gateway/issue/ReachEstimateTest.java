package org.tocsin.gateway.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Alert;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Evidence;
import org.tocsin.gateway.targeting.TargetRefused;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.targeting.TargetingSettings;
import org.tocsin.gateway.validation.EventTypes;
import org.tocsin.wording.Wording;

class ReachEstimateTest {
    private static final Map<String, Capabilities> CHANNELS = Map.of(
            "sms", capabilities(new Addressing.Person("phone")),
            "wechat", capabilities(new Addressing.Person("openid")),
            "loudspeaker", capabilities(new Addressing.Terminal("loudspeaker")),
            "screen", capabilities(new Addressing.Terminal("screen")));

    @Test
    void countsWhomTwoTownshipsHoldAndWhatItsMessagesCost() throws TargetRefused {
        Reach reach = estimate(code -> TerminalHealth.State.ONLINE, new BigDecimal("0.05"))
                .of(alert(Status.ACTUAL), "residents", List.of("sms", "wechat", "loudspeaker", "screen", "fax"));

        Reach.SmsLoad sms = Objects.requireNonNull(reach.sms());
        assertTrue(reach.residents() > 0 && reach.villages() > 20, reach.toString());
        assertEquals(4, reach.channels().size(), "a channel that is not here is not counted");
        assertEquals(sms.phones(), reach.channels().get(0).addressees());
        assertTrue(sms.messages() >= 2L * sms.phones() && sms.messages() <= 3L * sms.phones(), sms.toString());
        assertEquals(new BigDecimal("0.05").multiply(BigDecimal.valueOf(sms.messages())), sms.cost());
        assertEquals(reach.villages(), reach.terminals().get(0).total());
        assertEquals(reach.villages(), reach.terminals().get(0).fit());
    }

    @Test
    void saysHowManyTerminalsAreNotFit() throws TargetRefused {
        Reach reach = estimate(
                        code -> code.endsWith("1")
                                ? TerminalHealth.State.OFFLINE
                                : code.endsWith("2")
                                        ? TerminalHealth.State.FAULTY
                                        : code.endsWith("3")
                                                ? TerminalHealth.State.UNKNOWN
                                                : TerminalHealth.State.ONLINE,
                        null)
                .of(alert(Status.ACTUAL), "residents", List.of("loudspeaker"));

        Reach.TerminalReach speakers = reach.terminals().get(0);
        assertTrue(speakers.offline() > 0 && speakers.faulty() > 0 && speakers.unknown() > 0, speakers.toString());
        assertEquals(speakers.total(), speakers.fit() + speakers.offline() + speakers.faulty() + speakers.unknown());
    }

    @Test
    void aDrillReachesProbesAlone() throws TargetRefused {
        Reach reach = estimate(TerminalHealth.unknown(), null)
                .of(alert(Status.EXERCISE), "residents", List.of("sms", "loudspeaker"));

        assertEquals(2, reach.persons(), "one probe a township");
    }

    @Test
    void refusesAnAudienceThatIsNotThere() {
        assertThrows(TargetRefused.class, () -> estimate(TerminalHealth.unknown(), null)
                .of(alert(Status.ACTUAL), "nobody", List.of("sms")));
    }

    @Test
    void outlinesAreFewAndHoldEveryVillage() throws Exception {
        JsonNode json = new ObjectMapper().readTree(Outlines.of(Counties.view().divisions()));
        int corners = 0;
        int villages = 0;
        for (JsonNode feature : json.path("features")) {
            villages += feature.path("properties").path("level").asText().equals("village") ? 1 : 0;
            for (JsonNode polygon : feature.path("geometry").path("coordinates")) {
                for (JsonNode ring : polygon) {
                    corners += ring.size();
                }
            }
        }

        assertEquals(743, villages);
        assertTrue(corners <= Outlines.MOST_CORNERS, String.valueOf(corners));
    }

    private static ReachEstimate estimate(TerminalHealth health, @Nullable BigDecimal price) {
        return new ReachEstimate(
                new Targeting(TargetingSettings.DEFAULT),
                Counties::view,
                CHANNELS,
                Wording.standard(),
                health,
                price,
                () -> Instant.parse("2026-07-20T01:00:00Z"));
    }

    private static Alert alert(Status status) {
        return Objects.requireNonNull(
                new Composer(CatalogueTemplates.standard(), EventTypes.standard(), ZoneId.of("Asia/Shanghai"))
                        .compose(
                                ComposerTest.draft(status, MsgType.ALERT, ComposerTest.red()),
                                ComposerTest.setting(),
                                Counties.view().divisions())
                        .alert());
    }

    private static Capabilities capabilities(Addressing addressing) {
        return new Capabilities(addressing, 100, Evidence.IN_PROGRESS, Duration.ofDays(2));
    }
}
