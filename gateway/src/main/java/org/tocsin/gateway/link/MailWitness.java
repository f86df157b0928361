package org.tocsin.gateway.link;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import org.tocsin.gateway.ledger.Seal;
import org.tocsin.gateway.ledger.Witness;

/** People with a mailbox as a witness: each seal goes to them as a mail with the seal's file attached. One thread. */
public final class MailWitness implements Witness {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Account account;

    /**
     * The mail account.
     *
     * @param host the mail server
     * @param port its port
     * @param security none, starttls or tls
     * @param user whom to sign in as; empty for nobody
     * @param password that user's
     * @param from whom mails are from
     * @param to who gets them, with commas between
     */
    public record Account(
            String host, int port, String security, String user, String password, String from, String to) {
        /** Does not show the password. */
        @Override
        public String toString() {
            return "Account[" + host + ":" + port + " " + security + ", from " + from + " to " + to + "]";
        }
    }

    /**
     * Makes it.
     *
     * @throws IllegalArgumentException when an address is none; the message says which
     */
    public MailWitness(Account account) {
        addresses(account.from());
        addresses(account.to());
        this.account = account;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public String target() {
        return account.to();
    }

    @Override
    public String show(Seal seal) throws Failed {
        Session session = Session.getInstance(properties());
        try {
            MimeMessage mail = mail(session, seal);
            try (Transport transport = session.getTransport("smtp")) {
                boolean signsIn = !account.user().isEmpty();
                transport.connect(
                        account.host(),
                        account.port(),
                        signsIn ? account.user() : null,
                        signsIn ? account.password() : null);
                transport.sendMessage(mail, mail.getAllRecipients());
            }
            return "accepted by " + account.host() + " as " + mail.getMessageID();
        } catch (MessagingException failed) {
            throw new Failed(
                    Failed.Kind.AWAY,
                    "the mail server did not take it: "
                            + String.valueOf(failed.getMessage()).strip());
        }
    }

    private MimeMessage mail(Session session, Seal seal) throws MessagingException {
        MimeMessage mail = new MimeMessage(session);
        mail.setFrom(addresses(account.from())[0]);
        mail.setRecipients(Message.RecipientType.TO, addresses(account.to()));
        mail.setSubject("台账封签 Ledger seal " + seal.day(), "UTF-8");
        mail.setSentDate(Date.from(seal.at()));
        MimeBodyPart text = new MimeBodyPart();
        text.setText(
                """
                请保存此邮件及附件：附件是预警发布台账当日的封签，可证明台账未被改写。
                Keep this mail and its attachment: it is the day's seal of a warning gateway's ledger, and shows whether
                the ledger was written anew since.

                日期 day: %s
                条目 entries up to: %d
                哈希 hash: %s
                签名者 signer: %s
                核对 to check: java -jar tocsin.jar verify --ledger FILE --seals FOLDER
                """
                        .formatted(seal.day(), seal.sequence(), seal.head(), seal.signer()),
                "UTF-8");
        MimeBodyPart file = new MimeBodyPart();
        file.setDataHandler(new jakarta.activation.DataHandler(
                new jakarta.mail.util.ByteArrayDataSource(seal.bytes(), "application/json")));
        file.setFileName(seal.day() + ".json");
        mail.setContent(new MimeMultipart(text, file));
        mail.saveChanges();
        return mail;
    }

    private static InternetAddress[] addresses(String text) {
        try {
            InternetAddress[] parsed = InternetAddress.parse(text, true);
            for (InternetAddress address : parsed) {
                if (address.getAddress().indexOf('@') < 1) {
                    throw new AddressException("no domain", address.getAddress());
                }
            }
            if (parsed.length > 0) {
                return parsed;
            }
        } catch (AddressException malformed) {
            // Told below, with the rule.
        }
        throw new IllegalArgumentException("must be mail addresses with commas between, was '" + text + "'");
    }

    private Properties properties() {
        Properties mail = new Properties();
        String millis = Long.toString(PATIENCE.toMillis());
        for (String limit : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            mail.setProperty("mail.smtp." + limit, millis);
        }
        mail.setProperty("mail.smtp.auth", Boolean.toString(!account.user().isEmpty()));
        mail.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        if (account.security().equals("tls")) {
            mail.setProperty("mail.smtp.ssl.enable", "true");
        } else if (account.security().equals("starttls")) {
            mail.setProperty("mail.smtp.starttls.enable", "true");
            mail.setProperty("mail.smtp.starttls.required", "true");
        }
        return mail;
    }
}
