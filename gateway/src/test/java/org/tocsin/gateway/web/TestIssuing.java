package org.tocsin.gateway.web;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Evidence;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.AlertFacts;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.SignOff;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.intake.AlertReader;
import org.tocsin.gateway.intake.Examined;
import org.tocsin.gateway.intake.Intake;
import org.tocsin.gateway.intake.KnownWarnings;
import org.tocsin.gateway.intake.Received;
import org.tocsin.gateway.issue.CatalogueTemplates;
import org.tocsin.gateway.issue.Composer;
import org.tocsin.gateway.issue.CountyTemplates;
import org.tocsin.gateway.issue.DivisionIndex;
import org.tocsin.gateway.issue.Drafts;
import org.tocsin.gateway.issue.IssueDesk;
import org.tocsin.gateway.issue.IssueTemplates;
import org.tocsin.gateway.issue.ReachEstimate;
import org.tocsin.gateway.issue.SavedAreas;
import org.tocsin.gateway.issue.TerminalHealth;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisDraftStore;
import org.tocsin.gateway.store.RedisLedger;
import org.tocsin.gateway.store.RedisSavedAreaStore;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.targeting.TargetingSettings;
import org.tocsin.gateway.template.CountyText;
import org.tocsin.gateway.validation.AlertRules;
import org.tocsin.gateway.validation.EventTypes;
import org.tocsin.gateway.validation.ValidationSettings;
import org.tocsin.wording.Wording;

/** The issuer's desk of a {@link TestGateway}, and a way in that reads CAP as the gateway does and JSON as the fake. */
final class TestIssuing {
    /** What this county says of hail. */
    static final CountyText COUNTY_HAIL = new CountyText("沱河两岸将有冰雹。", "请立即进入砖房。");

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Map<String, Capabilities> CHANNELS = new LinkedHashMap<>();

    static {
        CHANNELS.put("sms", capabilities(new Addressing.Person("phone")));
        CHANNELS.put("loudspeaker", capabilities(new Addressing.Terminal("loudspeaker")));
        CHANNELS.put("screen", capabilities(new Addressing.Terminal("screen")));
        CHANNELS.put("wechat", capabilities(new Addressing.Person("openid")));
        CHANNELS.put("app", capabilities(new Addressing.Person("appToken")));
        CHANNELS.put("email", capabilities(new Addressing.Person("email")));
    }

    private TestIssuing() {}

    static IssueDesk desk(Redis redis, RedisLedger ledger, Registry registry) {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        IssueTemplates templates = new CountyTemplates(
                CatalogueTemplates.standard(),
                key -> key.name().equals("hail/II/zh-CN") ? Optional.of(COUNTY_HAIL) : Optional.empty());
        return new IssueDesk(
                templates,
                new Drafts(new RedisDraftStore(redis), clock, ZONE, random),
                new SavedAreas(new RedisSavedAreaStore(redis, ledger), clock, random),
                new DivisionIndex(registry::divisions),
                new Composer(templates, EventTypes.standard(), ZONE),
                new ReachEstimate(
                        new Targeting(TargetingSettings.DEFAULT),
                        registry::view,
                        CHANNELS,
                        Wording.standard(),
                        code -> code.endsWith("7") ? TerminalHealth.State.OFFLINE : TerminalHealth.State.ONLINE,
                        new BigDecimal("0.05"),
                        clock),
                Wording.standard(),
                registry::view,
                List.copyOf(CHANNELS.keySet()),
                ApprovalMatrix.demo(),
                AlertFacts.byCodes(Set.of(), Set.of(), area -> Set.of()),
                "tocsin",
                "夏邑县应急管理局",
                clock,
                ZONE);
    }

    /** The synthetic county with all its divisions and terminals, and a few of its people. */
    static void fill(Registry registry) {
        SyntheticCounty county = new SyntheticCounty(1, 10_000, 0.9);
        try (RegistryWriter writer = registry.writer()) {
            county.audiences().forEach(writer::putAudience);
            writer.putDivisions(county.divisions());
            writer.putTerminals(county.terminals(writer.divisions()));
            int[] people = {0};
            county.people(writer.divisions(), person -> {
                if (people[0]++ % 20 == 0) {
                    writer.putPerson(person);
                }
            });
            writer.flush();
        }
    }

    /** CAP goes the real way in, with all places known; JSON that of the fake. */
    static Reception reception(SignOff signOff, WarningStore warnings) {
        FakeReception fake = new FakeReception(signOff);
        EventTypes events = EventTypes.standard();
        KnownWarnings known = new KnownWarnings(warnings);
        Intake intake = new Intake(
                new AlertReader(events),
                new AlertRules(ValidationSettings.STANDARD, events, alert -> List.of(), known),
                known,
                CHANNELS.keySet(),
                signOff,
                InstantSource.system());
        return new Reception() {
            @Override
            public Receipt receive(Principal sender, @Nullable String mediaType, byte[] body, boolean draft) {
                if (!"application/cap+xml".equals(mediaType)) {
                    return fake.receive(sender, mediaType, body, draft);
                }
                Received received = intake.receive(sender, mediaType, body, draft);
                if (received instanceof Received.Created created) {
                    return Receipt.created(created.warning());
                }
                if (received instanceof Received.Known there) {
                    return Receipt.known(there.warning());
                }
                if (received instanceof Received.Conflict conflict) {
                    return Receipt.refused(409, problems(List.of(conflict.problem())), conflict.warning());
                }
                Received.Refused refused = (Received.Refused) received;
                return Receipt.refused(refused.status(), problems(refused.problems()), null);
            }

            @Override
            public Examination examine(@Nullable String mediaType, byte[] body) {
                if (!"application/cap+xml".equals(mediaType)) {
                    return fake.examine(mediaType, body);
                }
                Examined examined = intake.examine(mediaType, body);
                return examined instanceof Examined.Acceptable acceptable
                        ? new Examination(acceptable.posting(), 200, List.of())
                        : new Examination(
                                null,
                                ((Examined.Refused) examined).status(),
                                problems(((Examined.Refused) examined).problems()));
            }
        };
    }

    private static List<Problem> problems(List<org.tocsin.gateway.validation.Problem> found) {
        return found.stream()
                .map(problem -> new Problem(problem.path(), problem.code(), problem.message()))
                .toList();
    }

    private static Capabilities capabilities(Addressing addressing) {
        return new Capabilities(addressing, 100, Evidence.IN_PROGRESS, Duration.ofDays(2));
    }
}
