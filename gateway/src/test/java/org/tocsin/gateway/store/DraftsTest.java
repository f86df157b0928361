package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Sample;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.issue.Drafts;
import org.tocsin.gateway.issue.Drafts.Saving;
import org.tocsin.gateway.issue.IssueDraft;
import org.tocsin.gateway.issue.IssueFields;
import org.tocsin.gateway.issue.SavedArea;
import org.tocsin.gateway.issue.SavedAreaStore;
import org.tocsin.gateway.issue.SavedAreas;

/** Drafts and saved areas over a real Redis. */
@ExtendWith(RedisExtension.class)
class DraftsTest {
    private static final Principal WANG = person("wang");
    private static final Principal LI = person("li");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-07-20T01:00:00Z"));

    @Test
    void aDraftOutlivesTheProcessAndIsItsOwnersAlone(Redis redis) {
        IssueDraft draft = begun(drafts(redis), typed("一"));

        assertEquals(draft, drafts(redis).find(WANG, draft.id()).orElseThrow());
        assertEquals(List.of(draft), drafts(redis).open(WANG));
        assertTrue(drafts(redis).find(LI, draft.id()).isEmpty());
        assertTrue(drafts(redis).find(WANG, draft.id() + ":revision").isEmpty());
        assertEquals(List.of(), drafts(redis).open(LI));

        drafts(redis).remove(WANG, draft.id());
        assertEquals(List.of(), drafts(redis).open(WANG));
        assertInstanceOf(Saving.Gone.class, drafts(redis).save(WANG, draft.id(), 1, typed("二")));
    }

    @Test
    void aSecondTabIsShownWhatIsThereAndOverwritesNothing(Redis redis) {
        Drafts drafts = drafts(redis);
        IssueDraft draft = begun(drafts, typed("一"));
        IssueDraft first = saved(drafts.save(WANG, draft.id(), 1, typed("二")));

        Saving second = drafts.save(WANG, draft.id(), 1, typed("三"));

        assertEquals(new Saving.Clash(first), second);
        assertEquals(first, drafts.find(WANG, draft.id()).orElseThrow());
        assertEquals(Set.of("headline"), first.fields().differing(typed("三")));
        assertEquals(first, saved(drafts.save(WANG, draft.id(), 1, typed("二"))), "the same content is no clash");
        assertEquals(3, saved(drafts.save(WANG, draft.id(), 2, typed("三"))).revision());
    }

    @Test
    void ofManyWhoKeepTheSameRevisionAtOnceOneWins(Redis redis) throws Exception {
        Drafts drafts = drafts(redis);
        IssueDraft draft = begun(drafts, typed("一"));
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Saving>> tabs = new ArrayList<>();
            for (int tab = 0; tab < 12; tab++) {
                String headline = "tab" + tab;
                tabs.add(() -> drafts.save(WANG, draft.id(), 1, typed(headline)));
            }
            int won = 0;
            for (Future<Saving> saving : pool.invokeAll(tabs)) {
                won += saving.get() instanceof Saving.Saved ? 1 : 0;
            }
            assertEquals(1, won);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whoSubmitsTwiceGetsOneTimeOfSendingAndThenTheWarning(Redis redis) {
        Drafts drafts = drafts(redis);
        IssueDraft draft = begun(drafts, typed("一"));

        OffsetDateTime first = drafts.attempt(WANG, draft.id()).orElseThrow().sent();
        now.updateAndGet(at -> at.plusSeconds(2));
        OffsetDateTime second = drafts.attempt(WANG, draft.id()).orElseThrow().sent();
        assertEquals(OffsetDateTime.parse("2026-07-20T09:00:00+08:00"), first);
        assertEquals(first, second);

        drafts.submitted(WANG, draft.id(), "w1");
        IssueDraft after = drafts.attempt(WANG, draft.id()).orElseThrow();
        assertEquals("w1", after.warning());
        assertEquals(IssueFields.EMPTY, after.fields());
        assertEquals(List.of(), drafts.open(WANG));
        assertEquals(after, saved(drafts.save(WANG, draft.id(), 1, typed("spät"))));
    }

    @Test
    void aRefusedOrForgottenAttemptLeavesTheNextOneItsOwnTime(Redis redis) {
        Drafts drafts = drafts(redis);
        IssueDraft draft = begun(drafts, typed("一"));
        drafts.attempt(WANG, draft.id());

        drafts.refused(WANG, draft.id());
        assertNull(drafts.find(WANG, draft.id()).orElseThrow().sent());
        drafts.attempt(WANG, draft.id());
        now.updateAndGet(at -> at.plus(Duration.ofMinutes(5)));

        assertEquals(
                OffsetDateTime.parse("2026-07-20T09:05:00+08:00"),
                drafts.attempt(WANG, draft.id()).orElseThrow().sent());
    }

    @Test
    void anEditKnowsWhichVersionItsWriterSaw(Redis redis) {
        Drafts drafts = drafts(redis);
        Warning there = Sample.alert("w-1").returned(7);

        IssueDraft draft = saved(drafts.edit(WANG, there, typed("一")));
        assertEquals(new IssueDraft.Edits(there.id(), 7), draft.edits());
        assertEquals(draft, drafts.find(WANG, draft.id()).orElseThrow());
        drafts.attempt(WANG, draft.id());

        IssueDraft later = saved(drafts.seen(WANG, draft.id(), 9, typed("二")));

        assertEquals(new IssueDraft.Edits(there.id(), 9), later.edits());
        assertEquals(typed("二"), later.fields());
        assertNull(later.sent(), "what was under way is over");
        assertEquals(later, drafts.find(WANG, draft.id()).orElseThrow());
        drafts.submitted(WANG, draft.id(), there.id());
        assertEquals(later.edits(), drafts.find(WANG, draft.id()).orElseThrow().edits());
    }

    @Test
    void keepsSoManyAndForgetsThoseThatWereSubmittedLongAgo(Redis redis) {
        Drafts drafts = drafts(redis);
        IssueDraft old = begun(drafts, typed("0"));
        drafts.submitted(WANG, old.id(), "w0");
        for (int n = 1; n < Drafts.MOST; n++) {
            begun(drafts, typed(String.valueOf(n)));
        }
        assertInstanceOf(Saving.Full.class, drafts.begin(WANG, Status.ACTUAL, MsgType.ALERT, null, typed("x")));

        now.updateAndGet(at -> at.plus(Duration.ofDays(8)));

        assertNotNull(begun(drafts, typed("x")));
        assertTrue(drafts.find(WANG, old.id()).isEmpty());
    }

    @Test
    void savedAreasAreForTheirUsersEachWithItsLineInTheLedger(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        SavedAreas areas = new SavedAreas(new RedisSavedAreaStore(redis, ledger), now::get, new SecureRandom());

        assertEquals(SavedAreaStore.Keeping.KEPT, areas.add(WANG, "沿河两乡", List.of("411426101000"), "", null));
        assertEquals(SavedAreaStore.Keeping.KEPT, areas.add(WANG, "库区", List.of(), "34,116 2", Set.of("zhao")));

        assertEquals(2, areas.of(WANG).size());
        assertEquals(List.of("沿河两乡"), areas.of(LI).stream().map(SavedArea::name).toList());
        SavedArea shared = areas.of(LI).get(0);
        assertEquals(shared, areas.find(LI, shared.id()).orElseThrow());
        assertFalse(areas.remove(LI, shared.id(), 1), "it is another's");
        assertFalse(areas.remove(WANG, shared.id(), 2), "another version");
        assertTrue(areas.remove(WANG, shared.id(), 1));
        assertEquals(1, areas.of(WANG).size());
        List<String> acts = new ArrayList<>();
        ledger.read(1, entry -> acts.add(entry.act()));
        assertEquals(List.of("area.save", "area.save", "area.remove"), acts);
    }

    private Drafts drafts(Redis redis) {
        InstantSource clock = now::get;
        return new Drafts(new RedisDraftStore(redis), clock, ZoneId.of("Asia/Shanghai"), new SecureRandom());
    }

    private static IssueDraft begun(Drafts drafts, IssueFields fields) {
        return saved(drafts.begin(WANG, Status.ACTUAL, MsgType.ALERT, null, fields));
    }

    private static IssueDraft saved(Saving saving) {
        return assertInstanceOf(Saving.Saved.class, saving).draft();
    }

    private static IssueFields typed(String headline) {
        return new IssueFields(Map.of(IssueFields.HEADLINE, headline));
    }

    private static Principal person(String id) {
        return new Principal(id, id, Principal.Kind.PERSON, Set.of(Role.ISSUER), Set.of(), Set.of());
    }
}
