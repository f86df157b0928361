package org.tocsin.channel.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

class ConnectionTest {
    private static final Map<String, String> PARTS =
            Map.of("subject", "暴雨红色预警", "text", "请转移\n.\nMAIL FROM:<x@y.z>", "html", "<p>请转移</p>");

    @ParameterizedTest
    @CsvSource({
        "RCPT,550 no such user,UNKNOWN_SUBSCRIBER",
        "RCPT,550 5.1.1 no such user,UNKNOWN_SUBSCRIBER",
        "RCPT,553 what is that,INVALID_ADDRESS",
        "RCPT,552 5.2.2 mailbox full,UNREACHABLE",
        ".,552 too big,TOO_LONG",
        ".,554 5.7.1 looks like spam,CONTENT_REFUSED"
    })
    void refusedForGoodIsRejected(String command, String answer, Reason reason) throws Exception {
        Outcome outcome = send(Map.of(command, answer));

        assertEquals(reason, ((Outcome.Rejected) outcome).reason());
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT,450 mailbox busy,CARRIER_ERROR",
        "RCPT,452 too many,THROTTLED",
        "MAIL,421 closing,CARRIER_ERROR",
        "MAIL,550 not from you,UNAUTHORISED",
        "RCPT,550 5.7.1 relaying denied,UNAUTHORISED",
        "DATA,451 not now,CARRIER_ERROR",
        ".,451 4.3.0 not now,CARRIER_ERROR"
    })
    void refusedForNowOrBecauseOfUsIsDeferred(String command, String answer, Reason reason) throws Exception {
        Outcome outcome = send(Map.of(command, answer));

        assertEquals(reason, ((Outcome.Deferred) outcome).reason());
    }

    @Test
    void aConnectionLostAfterTheEndOfTheDataMayHaveTakenTheMail() throws Exception {
        assertEquals(new Outcome.Deferred(Reason.UNANSWERED, "", Duration.ofSeconds(1)), send(Map.of(".", "")));
    }

    @Test
    void aConnectionLostBeforeTheEndOfTheDataHasNotTakenTheMail() throws Exception {
        Outcome down = new Outcome.Deferred(Reason.LINK_DOWN, "", Duration.ofSeconds(1));

        assertEquals(down, send(Map.of("MAIL", "")));
        assertEquals(down, send(Map.of("RCPT", "")));
        assertEquals(down, send(Map.of("DATA", "")));
    }

    @Test
    void goesOnOverTheSameConnectionAfterARefusal() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of("RCPT", "550 no"))) {
            Connection connection = open(server, false);
            send(connection, "a@county.invalid");
            send(connection, "b@county.invalid");
            connection.close();

            assertEquals(
                    1,
                    server.lines().stream()
                            .filter(line -> line.startsWith("EHLO"))
                            .count());
            assertEquals(
                    2,
                    server.lines().stream()
                            .filter(line -> line.startsWith("MAIL"))
                            .count());
        }
    }

    @Test
    void aTextCannotEndItsMailAndASubjectCannotAddAHeader() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of())) {
            Connection connection = open(server, true);
            Notice notice = Notices.actual(Map.of(
                    "subject", "red\r\nBcc: everybody@county.invalid\r\n\r\nbody", "text", "a\r\n.\r\nRSET\r\n"));
            InternetAddress to = Mails.address("a@county.invalid").orElseThrow();
            Outcome outcome = connection.send(notice, to, mails(server, true).id(notice, "a@county.invalid"));
            connection.close();

            assertTrue(outcome instanceof Outcome.Accepted, outcome.toString());
            assertFalse(server.lines().contains("RSET"));
            assertFalse(server.lines().stream().anyMatch(line -> line.startsWith("Bcc:")));
            assertTrue(server.lines().contains("Auto-Submitted: auto-generated"));
            assertTrue(
                    server.lines().stream()
                            .anyMatch(line -> line.matches("MAIL FROM:<w\\+[0-9a-f]{32}@county.invalid>.*")),
                    server.lines().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'a@b.invalid,c@d.invalid'",
        "'a@b.invalid>\r\nRCPT TO:<x@y.invalid'",
        "'\"a b\"@c.invalid'",
        "'A <a@b.invalid>'",
        "nobody",
        "'a@'",
        "'张三@b.invalid'",
        "'a@b.invalid '"
    })
    void whatIsNotOneMailboxIsNoAddress(String text) {
        assertTrue(Mails.address(text).isEmpty());
    }

    private static Outcome send(Map<String, String> answers) throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(answers)) {
            Connection connection = open(server, false);
            Outcome outcome = send(connection, "a@county.invalid");
            connection.close();
            return outcome;
        }
    }

    private static Outcome send(Connection connection, String address) {
        return connection.send(
                Notices.actual(PARTS), Mails.address(address).orElseThrow(), "0".repeat(32) + "@county.invalid");
    }

    private static Connection open(ScriptedSmtp server, boolean verp) throws Exception {
        Connection connection = new Connection(settings(server, verp), mails(server, verp));
        connection.open();
        return connection;
    }

    private static Mails mails(ScriptedSmtp server, boolean verp) {
        return new Mails(settings(server, verp), InstantSource.system());
    }

    private static EmailSettings settings(ScriptedSmtp server, boolean verp) {
        return EmailSettings.read(new LinkSettings(
                "email-main",
                Map.of(
                        "host", "127.0.0.1",
                        "port", Integer.toString(server.port()),
                        "security", "none",
                        "from", "w@county.invalid",
                        "verp", Boolean.toString(verp),
                        "timeoutMillis", "10000")));
    }
}
