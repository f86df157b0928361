package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.alert.Level;
import org.tocsin.channel.Channel;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Reply;
import org.tocsin.gateway.receipt.ChannelCounts;
import org.tocsin.gateway.registry.MemoryRegistryStore;
import org.tocsin.gateway.registry.Operators;
import org.tocsin.gateway.registry.Person;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.reply.KeptReply;
import org.tocsin.gateway.reply.Recipients;
import org.tocsin.gateway.reply.Replies;
import org.tocsin.gateway.reply.ReplyWords;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.store.RedisReplies;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.CmppSimulator;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * Two carriers over sockets, the real SMS channel, a dispatcher and the replies' room: what goes out and comes back.
 */
@ExtendWith(RedisExtension.class)
class SmsCarriersTest {
    private static final String COUNTY = "411426000000";
    private static final String PROBE = "13899999999";
    private static final int EACH = 60;
    private static Registry registry = Registry.open(new MemoryRegistryStore());

    private final CmppSimulator mobile = new CmppSimulator();
    private final SmppSimulator other = new SmppSimulator();
    private Map<String, String> toMobile = Map.of();
    private Map<String, String> toOther = Map.of();

    /** Sixty numbers of China Mobile, then sixty of others. */
    @BeforeAll
    static void fill() {
        registry = Registry.open(new MemoryRegistryStore());
        try (RegistryWriter writer = registry.writer()) {
            writer.putDivisions(new SyntheticCounty(1, 10_000, 0).divisions());
            for (int at = 0; at < 2 * EACH; at++) {
                writer.putPerson(
                        new Person("p" + at, "", 0, "86" + number(at), null, null, null, "zh-CN", null, Set.of()));
            }
            writer.flush();
        }
    }

    @BeforeEach
    void start() throws IOException {
        Map<String, Double> all = Map.of("delivered", 1.0, "silent", 0.0);
        Map<String, String> quirks = Map.of("reportDelayMillis", "5", "retryDelayMillis", "50");
        toMobile = new HashMap<>(mobile.start(new SimulatorContext("sms-mobile", 1, all, quirks, null)));
        toOther = new HashMap<>(other.start(new SimulatorContext("sms-other", 1, all, quirks, null)));
        toMobile.put("operator", "mobile");
        toMobile.put("sourceAddress", "10690000");
        for (Map<String, String> settings : List.of(toMobile, toOther)) {
            settings.put("channel", "sms");
            settings.put("reconnectMillis", "20");
        }
    }

    @AfterEach
    void stop() {
        mobile.close();
        other.close();
    }

    @Test
    void eachNumberGoesByItsOperatorsLinkAndTheOthersByTheOther(Redis redis) {
        toMobile.put("foreign", "false");
        toOther.put("operator", "unicom");
        try (CountyBench bench = open(redis, SendingCare.plain())) {
            warn(bench, "a1", Level.I, 2 * EACH);

            assertEquals(numbers(0, EACH), mobile.seen());
            assertEquals(EACH, other.seen().size());
        }
    }

    @Test
    void aLinkWhoseReportsAreSlowGetsAQuarterOfTheNextIssue(Redis redis) {
        toMobile.remove("operator");
        try (CountyBench bench = open(redis, SendingCare.plain())) {
            mobile.holdReports(true);
            bench.dispatcher.begin(CountyBench.alert("a1", COUNTY));
            bench.await(() -> other.reportsAnswered() == EACH && mobile.messages() == EACH);
            bench.later(Duration.ofSeconds(60));
            mobile.holdReports(false);
            bench.await(() -> counts(bench, "a1").delivered() == 2 * EACH);
            bench.await(() -> quality(bench, "sms-mobile").reports() >= EACH);
            assertTrue(quality(bench, "sms-mobile").delay50() >= 60_000);

            warn(bench, "a2", Level.I, 2 * EACH);

            assertTrue(mobile.messages() - EACH <= EACH / 2, mobile.messages() + " in all by the slow link");
            assertTrue(mobile.messages() > EACH, "it still gets some, so that it is seen when it is quick again");
        }
    }

    @Test
    void reportsTwoDaysLateAndAtAnotherNodeStillCount(Redis redis) {
        try (CountyBench bench = open(redis, SendingCare.plain())) {
            mobile.holdReports(true);
            other.holdReports(true);
            bench.dispatcher.begin(CountyBench.alert("a1", COUNTY));
            bench.await(() -> counts(bench, "a1").accepted() == 2 * EACH);
            assertEquals(2 * EACH, bench.evidence("a1").open().awaiting(), "no report yet is a state");
        }
        try (CountyBench again = open(redis, SendingCare.plain())) {
            again.later(Duration.ofHours(47));
            again.dispatcher.begin(CountyBench.alert("a1", COUNTY));
            mobile.holdReports(false);
            other.holdReports(false);

            again.await(() -> counts(again, "a1").delivered() == 2 * EACH);
            assertEquals(2 * EACH, mobile.messages() + other.messages(), "nobody is sent to again");
            assertEquals(
                    0,
                    again.dispatcher.links().stream()
                            .mapToLong(LinkHealth::orphans)
                            .sum());
        }
    }

    @Test
    void aLinkIsTestedToItsProbeNumberFromTheSubmitToTheReport(Redis redis) {
        toMobile.put("probe", PROBE);
        try (CountyBench bench = open(redis, care(OptOuts.NOBODY, ReplyDesk.NONE, Duration.ofMinutes(5)))) {
            bench.await(() -> test(bench).ok());

            assertTrue(
                    test(bench).millis() >= 0 && test(bench).millis() < 60_000,
                    test(bench).toString());
            assertEquals(Set.of(PROBE), mobile.seen());
            assertEquals(Set.of(), other.seen());
            assertEquals(0, health(bench, "sms-mobile").receipts(), "its report stands in no journal");

            mobile.silent(true);
            bench.later(Duration.ofMinutes(5));
            bench.await(() -> mobile.submits() == 2);
            bench.later(Duration.ofSeconds(61));

            bench.await(() -> !test(bench).ok());
            assertEquals("no report within 60 s", test(bench).why());
        }
    }

    @Test
    void whatPeopleWriteBackIsAnAcknowledgementARefusalOrKeptToBeRead(Redis redis) {
        Replies replies =
                new Replies(new RedisReplies(redis), ReplyWords.STANDARD, Duration.ofDays(184), InstantSource.system());
        try (CountyBench bench = open(redis, care(replies, replies, Duration.ZERO))) {
            replies.start(new SentTo(bench.dispatcher));
            warn(bench, "r1", Level.I, 2 * EACH);
            bench.await(() -> counts(bench, "r1").delivered() == 2 * EACH);

            mobile.say(number(3), "10690000", "1");
            mobile.say(number(4), "10690000", "退订");
            mobile.say(number(5), "10690000", "桥断了，请派人");
            mobile.say("13877777777", "10690000", "1");

            bench.await(() -> mobile.repliesAnswered() == 4);
            bench.await(() -> counts(bench, "r1").acknowledged() == 1);
            Map<String, KeptReply> kept = new HashMap<>();
            replies.kept().list("", 10).forEach(reply -> kept.put(reply.from(), reply));
            assertEquals(KeptReply.Kind.ACKNOWLEDGED, kind(kept, number(3)));
            assertEquals(KeptReply.Kind.OPTED_OUT, kind(kept, number(4)));
            assertEquals(KeptReply.Kind.OTHER, kind(kept, number(5)));
            assertEquals(KeptReply.Kind.OTHER, kind(kept, "13877777777"), "nothing was sent to that number");

            // Blue may be refused, red never.
            assertEquals(2 * EACH - 1, bench.dispatcher.begin(CountyBench.alert("b1", COUNTY, Level.IV)));
            assertEquals(2 * EACH - 1, bench.dispatcher.begin(CountyBench.alert("y1", COUNTY, Level.III)));
            assertEquals(2 * EACH, bench.dispatcher.begin(CountyBench.alert("o1", COUNTY, Level.II)));
            assertEquals(2 * EACH, bench.dispatcher.begin(CountyBench.alert("r2", COUNTY, Level.I)));
            mobile.say(number(4), "10690000", "恢复");
            bench.await(() -> mobile.repliesAnswered() == 5);
            assertEquals(2 * EACH, bench.dispatcher.begin(CountyBench.alert("b2", COUNTY, Level.IV)));
        } finally {
            replies.close();
        }
    }

    @Test
    void aReplyThatCannotBeKeptIsRepeatedByTheCarrierUntilItCan(Redis redis) {
        Replies replies =
                new Replies(new RedisReplies(redis), ReplyWords.STANDARD, Duration.ofDays(184), InstantSource.system());
        try (CountyBench bench = open(redis, care(replies, replies, Duration.ZERO))) {
            warn(bench, "r1", Level.I, 2 * EACH);
            mobile.say(number(3), "10690000", "收到");
            bench.await(() -> mobile.reportsDeferred() > 0);
            assertEquals(0, mobile.repliesAnswered());

            replies.start(new SentTo(bench.dispatcher));

            bench.await(() -> mobile.repliesAnswered() == 1);
            bench.await(() -> counts(bench, "r1").acknowledged() == 1);
        } finally {
            replies.close();
        }
    }

    private static KeptReply.Kind kind(Map<String, KeptReply> kept, String number) {
        KeptReply reply = kept.get("86" + number);
        return reply == null ? KeptReply.Kind.OPTED_IN : reply.kind();
    }

    private CountyBench open(Redis redis, SendingCare care) {
        CountyBench bench = new CountyBench(
                redis,
                registry,
                care,
                List.of(LinkSpec.of("sms-mobile", toMobile), LinkSpec.of("sms-other", toOther)),
                sms());
        bench.await(
                () -> bench.dispatcher.links().stream().allMatch(link -> link.state() == LinkState.UP && link.owned()));
        return bench;
    }

    private static Channel sms() {
        return ServiceLoader.load(Channel.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(channel -> channel.name().equals("sms"))
                .findFirst()
                .orElseThrow();
    }

    private static void warn(CountyBench bench, String id, Level level, int people) {
        assertEquals(people, bench.dispatcher.begin(CountyBench.alert(id, COUNTY, level)));
        bench.await(() -> counts(bench, id).accepted() == people);
    }

    private static ChannelCounts counts(CountyBench bench, String issue) {
        return bench.evidence(issue).counts("sms");
    }

    private static LinkHealth health(CountyBench bench, String link) {
        return bench.dispatcher.links().stream()
                .filter(health -> health.link().equals(link))
                .findFirst()
                .orElseThrow();
    }

    private static LinkQuality quality(CountyBench bench, String link) {
        return health(bench, link).quality();
    }

    private static LinkTest test(CountyBench bench) {
        LinkTest test = health(bench, "sms-mobile").test();
        return test == null ? new LinkTest(false, Instant.EPOCH, false, -1, "") : test;
    }

    private static SendingCare care(OptOuts optOuts, ReplyDesk replies, Duration probeEvery) {
        return new SendingCare(
                Operators::standard,
                optOuts,
                QuietHours.NONE,
                Spends.NONE,
                ZoneId.of("Asia/Shanghai"),
                replies,
                MessageStyle.PLAIN,
                probeEvery);
    }

    private static String number(int at) {
        return (at < EACH ? "138" : "130") + String.format("%08d", at);
    }

    private static Set<String> numbers(int from, int to) {
        Set<String> numbers = new HashSet<>();
        for (int at = from; at < to; at++) {
            numbers.add(number(at));
        }
        return numbers;
    }

    /** What the dispatcher knows of whom was sent to. */
    private record SentTo(Dispatcher dispatcher) implements Recipients {
        @Override
        public CompletionStage<Optional<Recipient>> whose(String link, String from, Reply reply) {
            return dispatcher.whose(link, from, reply);
        }

        @Override
        public CompletionStage<Boolean> acknowledged(String link, String from, Recipient to, String code, Instant at) {
            return dispatcher.acknowledged(link, from, to, code, at);
        }
    }
}
