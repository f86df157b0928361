package org.tocsin.gateway.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.channel.Reply;
import org.tocsin.gateway.dispatch.Recipient;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.store.RedisReplies;

/** The room over a real Redis. */
@ExtendWith(RedisExtension.class)
class RepliesTest {
    private static final Instant NOW = Instant.parse("2026-07-20T08:00:00Z");
    private static final String RESIDENT = "8613800138000";

    private final List<String> acknowledged = new ArrayList<>();
    private boolean known = true;
    private boolean writable = true;

    @Test
    void aOneIsAnAcknowledgementOfTheWarningAndIsKept(Redis redis) {
        try (Replies replies = room(redis)) {
            assertTrue(take(replies, reply("r1", "13800138000", " １。")));

            assertEquals(List.of(RESIDENT + " issue １。"), acknowledged);
            KeptReply kept = replies.kept().list("", 10).get(0);
            assertEquals(KeptReply.Kind.ACKNOWLEDGED, kept.kind());
            assertEquals("warning", kept.warning());
            assertEquals("861*******000", kept.maskedFrom());
        }
    }

    @Test
    void aOneToWhichNothingWasSentIsForTheOperatorToRead(Redis redis) {
        known = false;
        try (Replies replies = room(redis)) {
            assertTrue(take(replies, reply("r1", RESIDENT, "1")));

            assertEquals(List.of(), acknowledged);
            assertEquals(
                    KeptReply.Kind.OTHER, replies.kept().list("", 10).get(0).kind());
        }
    }

    @Test
    void anAcknowledgementThatCannotBeWrittenIsNotAnswered(Redis redis) {
        writable = false;
        try (Replies replies = room(redis)) {
            assertFalse(take(replies, reply("r1", RESIDENT, "1")));

            assertEquals(List.of(), replies.kept().list("", 10));
        }
    }

    @Test
    void whoOptsOutIsKnownAfterARestartAndMayComeBack(Redis redis) {
        try (Replies replies = room(redis)) {
            assertFalse(replies.hasAny("sms"));
            assertTrue(take(replies, reply("r1", RESIDENT, "退订")));
            assertTrue(replies.contains("sms", RESIDENT));
            assertFalse(replies.contains("app", RESIDENT));
        }
        try (Replies again = room(redis)) {
            assertTrue(again.hasAny("sms"));
            assertTrue(take(again, reply("r2", RESIDENT, "恢复")));
            assertFalse(again.hasAny("sms"));
        }
    }

    @Test
    void aRepeatOfTheCarriersIsKeptOnce(Redis redis) {
        try (Replies replies = room(redis)) {
            assertTrue(take(replies, reply("r1", RESIDENT, "救命")));
            assertTrue(take(replies, reply("r1", RESIDENT, "救命")));

            assertEquals(1, replies.kept().list("", 10).size());
            assertEquals(1, replies.kept().counts().get(KeptReply.Kind.OTHER));
        }
    }

    @Test
    void whatIsOldOrErasedIsForgottenAndWhoOptedOutStaysSo(Redis redis) {
        try (Replies replies = room(redis)) {
            take(replies, reply("r1", RESIDENT, "T"));
            take(replies, reply("r2", RESIDENT, "谢谢"));
            take(replies, reply("r3", "8613900139000", "水进村了"));
            replies.kept().forget(RESIDENT);

            assertEquals(1, replies.kept().list("", 10).size());
            assertTrue(replies.contains("sms", RESIDENT));
            assertEquals(1, replies.kept().forgetBefore(NOW.plusSeconds(1)));
            assertEquals(0, replies.kept().counts().get(KeptReply.Kind.OTHER));
        }
    }

    @Test
    void pagesAreTheNewestFirstAndGoOnBehindTheirCursor(Redis redis) {
        try (Replies replies = room(redis)) {
            for (int at = 0; at < 5; at++) {
                take(replies, new Reply("r" + at, RESIDENT, "106900", "", "text " + at, NOW.plusMillis(at)));
            }
            List<KeptReply> first = replies.kept().list("", 3);
            List<KeptReply> rest = replies.kept().list(first.get(2).id(), 3);

            assertEquals("text 4", first.get(0).text());
            assertEquals(
                    List.of("text 1", "text 0"),
                    rest.stream().map(KeptReply::text).toList());
        }
    }

    private Replies room(Redis redis) {
        Replies replies = new Replies(
                new RedisReplies(redis), ReplyWords.STANDARD, Duration.ofDays(36_500), InstantSource.fixed(NOW));
        replies.start(new Recipients() {
            @Override
            public CompletionStage<Optional<Recipient>> whose(String link, String from, Reply reply) {
                return CompletableFuture.completedStage(
                        known ? Optional.of(new Recipient("warning", "issue", 7, 1)) : Optional.empty());
            }

            @Override
            public CompletionStage<Boolean> acknowledged(
                    String link, String from, Recipient whom, String code, Instant at) {
                if (writable) {
                    acknowledged.add(from + " " + whom.issue() + " " + code);
                }
                return CompletableFuture.completedStage(writable);
            }
        });
        return replies;
    }

    private static Reply reply(String reference, String from, String text) {
        return new Reply(reference, from, "106900", "", text, NOW);
    }

    private static boolean take(Replies replies, Reply reply) {
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        replies.take("sms", "sms-1", reply, kept::complete);
        return kept.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
