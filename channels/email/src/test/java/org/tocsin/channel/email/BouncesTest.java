package org.tocsin.channel.email;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.TestClock;

class BouncesTest {
    private static final Instant NOW = Instant.parse("2026-07-20T00:00:00Z");
    private static final String ID = "0123456789abcdef0123456789abcdef@county.invalid";

    private final Bounces bounces = new Bounces(
            EmailSettings.read(new LinkSettings("email-main", Map.of("host", "h", "from", "w@county.invalid"))),
            new TestClock(NOW));

    @Test
    void findsTheMailByTheMessageIdOfTheReturnedHeaders() throws Exception {
        assertEquals(
                List.of(new Receipt(
                        ID, "a@county.invalid", Evidence.FAILED, Reason.UNKNOWN_SUBSCRIBER, "failed 5.1.1", NOW)),
                read(bounce("failed", "5.1.1", "Message-ID: <" + ID + ">", "w@county.invalid")));
    }

    @Test
    void findsTheMailByItsOwnBounceAddress() throws Exception {
        String own = "w+0123456789abcdef0123456789abcdef@county.invalid";

        assertEquals(
                List.of(new Receipt(ID, "a@county.invalid", Evidence.FAILED, Reason.UNREACHABLE, "failed 5.2.2", NOW)),
                read(bounce("failed", "5.2.2", "Subject: x", own)));
    }

    @Test
    void findsTheAddresseeWhereNothingNamesTheMail() throws Exception {
        assertEquals(
                List.of(new Receipt(
                        null, "a@county.invalid", Evidence.FAILED, Reason.UNDELIVERABLE, "failed 5.0.0", NOW)),
                read(bounce("failed", "5.0.0", "Message-ID: <other@elsewhere.invalid>", "w@county.invalid")));
    }

    @Test
    void aDelayIsNoFailureAndARelayIsNoDelivery() throws Exception {
        assertEquals(
                Evidence.IN_PROGRESS,
                read(bounce("delayed", "4.4.1", "Message-ID: <" + ID + ">", "w@county.invalid"))
                        .get(0)
                        .evidence());
        assertEquals(
                Evidence.IN_PROGRESS,
                read(bounce("delivered", "2.0.0", "Message-ID: <" + ID + ">", "w@county.invalid"))
                        .get(0)
                        .evidence());
    }

    @Test
    void readsNothingInOtherMailsAndBrokenNotifications() throws Exception {
        assertEquals(List.of(), read("Subject: I am away\r\n\r\nSee you on Monday\r\n"));
        assertEquals(
                List.of(),
                read(
                        """
                        Content-Type: multipart/report; report-type=delivery-status; boundary=b

                        --b
                        Content-Type: text/plain

                        nothing
                        --b--
                        """));
    }

    private List<Receipt> read(String mail) throws Exception {
        return bounces.read(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))));
    }

    private static String bounce(String action, String status, String header, String to) {
        return String.join(
                "\r\n",
                "From: MAILER-DAEMON@mx.invalid",
                "To: " + to,
                "MIME-Version: 1.0",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "It did not work.",
                "--b",
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; mx.invalid",
                "",
                "Final-Recipient: rfc822; a@county.invalid",
                "Action: " + action,
                "Status: " + status,
                "",
                "--b",
                "Content-Type: text/rfc822-headers",
                "",
                header,
                "",
                "--b--",
                "");
    }
}
