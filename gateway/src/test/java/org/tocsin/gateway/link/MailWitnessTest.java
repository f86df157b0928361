package org.tocsin.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.ledger.Seal;
import org.tocsin.gateway.ledger.TestKeys;
import org.tocsin.gateway.ledger.Witness;

class MailWitnessTest {
    private static final Seal SEAL = Seal.after(
            null,
            new LedgerHead(5, "ab".repeat(32)),
            LocalDate.of(2026, 7, 20),
            Instant.parse("2026-07-20T16:00:00Z"),
            TestKeys.COUNTY);

    @Test
    void bringsTheSealAsAnAttachmentThatCanBeReadAgain() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            String said = witness(server.getSmtp().getPort()).show(SEAL);

            assertTrue(said.startsWith("accepted by 127.0.0.1 as <"), said);
            assertEquals(2, server.getReceivedMessages().length, "one for each who keeps it");
            MimeMessage mail = server.getReceivedMessages()[0];
            assertEquals("台账封签 Ledger seal 2026-07-20", mail.getSubject());
            MimeMultipart parts = (MimeMultipart) mail.getContent();
            assertEquals("2026-07-20.json", parts.getBodyPart(1).getFileName());
            assertEquals(SEAL, Seal.read(parts.getBodyPart(1).getInputStream().readAllBytes()));
        } finally {
            server.stop();
        }
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() {
        Witness.Failed away =
                assertThrows(Witness.Failed.class, () -> witness(1).show(SEAL));

        assertEquals(Witness.Failed.Kind.AWAY, away.kind());
    }

    @Test
    void whatIsNoAddressIsRefusedAtOnce() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new MailWitness(
                        new MailWitness.Account("host", 25, "none", "", "", "county@example.org", "nobody")));
    }

    private static MailWitness witness(int port) {
        return new MailWitness(new MailWitness.Account(
                "127.0.0.1", port, "none", "", "", "county@example.org", "auditor@example.org, archive@example.org"));
    }
}
