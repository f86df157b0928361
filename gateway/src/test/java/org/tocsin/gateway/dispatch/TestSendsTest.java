package org.tocsin.gateway.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Link;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Receipt;
import org.tocsin.gateway.registry.Import;
import org.tocsin.gateway.registry.ImportLimits;
import org.tocsin.gateway.registry.MemoryRegistryStore;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.wording.Wording;

class TestSendsTest {
    private static final TestSends.Way SMS = new TestSends.Way("sms-a", "sms", "phone");
    private static final String CONTACTS =
            "personKey,name,division,phone,openid,appToken,email,language,longitude,latitude,audiences\n";

    private final List<Batch> submitted = new ArrayList<>();
    private final Registry registry = Registry.open(new MemoryRegistryStore());
    private Instant now = Instant.parse("2026-06-01T08:00:00Z");
    private final TestSends tests = new TestSends(Wording.standard(), () -> now, new Submitter() {
        @Override
        public void submit(String link, Batch batch) {
            submitted.add(batch);
        }

        @Override
        public void add(String link, Link opened) {
            throw new IllegalStateException("no link is added");
        }
    });

    @BeforeEach
    void aCounty() throws IOException {
        Import imports = new Import(registry, ImportLimits.DEFAULT, () -> key -> false);
        imports.divisions(
                stream(
                        """
                        code,name,parent,residents,residentsSource,residentsDate
                        411426000000,县,,1,,
                        411426100000,镇,411426000000,1,,
                        411426100001,村,411426100000,1,,
                        """),
                false,
                lines -> {});
        imports.contacts(
                stream(CONTACTS + "me,我,411426100001,13900138001,,,,,,,probe\n"
                        + "public,公众,411426100001,13900138002,,,,,,,\nmail,信,411426100001,,,,a@b.example,,,,probe\n"),
                false,
                lines -> {});
    }

    @Test
    void goesToOnesOwnAddressAloneAndSaysThatItIsATest() {
        tests.send(SMS, "me", "张三", registry.people());

        Batch batch = submitted.get(0);
        assertEquals(1, batch.size());
        assertEquals("8613900138001", batch.addressee(0).address());
        assertTrue(batch.mayReach(0));
        String text = batch.notice().message().part("text");
        assertTrue(text.startsWith("【演练】"), text);
        assertTrue(text.contains("测试") && text.contains("张三"), text);
    }

    @Test
    void reachesNobodyWhoIsNoProbeOrNotOnRecord() {
        assertEquals(TestSendRefused.Why.NO_PROBE, refused("public"));
        assertEquals(TestSendRefused.Why.NOT_ON_RECORD, refused("somebody"));
        assertEquals(TestSendRefused.Why.NO_ADDRESS, refused("mail"));
        assertTrue(submitted.isEmpty());
    }

    @Test
    void showsAnswerAndReceiptAndKeepsTheReceiptOutOfTheJournal() {
        tests.send(SMS, "me", "张三", registry.people());
        assertTrue(tests.of("me").get(0).isOpen());
        submitted.get(0).settle(0, new Outcome.Accepted("ref-1"));
        assertEquals(TestSend.Said.ACCEPTED, tests.of("me").get(0).outcome());

        assertFalse(tests.isTaken(receipt("ref-2")));
        assertTrue(tests.isTaken(receipt("ref-1")));

        assertEquals(Evidence.DELIVERED, tests.of("me").get(0).evidence());
        assertFalse(tests.of("me").get(0).isOpen());
        assertTrue(tests.of("public").isEmpty());
    }

    @Test
    void isSentOnceAMinute() {
        tests.send(SMS, "me", "张三", registry.people());
        now = now.plusSeconds(59);
        assertEquals(TestSendRefused.Why.TOO_OFTEN, refused("me"));
        now = now.plus(Duration.ofSeconds(1));
        tests.send(SMS, "me", "张三", registry.people());
        assertEquals(2, submitted.size());
    }

    private TestSendRefused.Why refused(String who) {
        return assertThrows(TestSendRefused.class, () -> tests.send(SMS, who, "张三", registry.people()))
                .why();
    }

    private static Receipt receipt(String reference) {
        return new Receipt(reference, null, Evidence.DELIVERED, null, "DELIVRD", Instant.EPOCH);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
