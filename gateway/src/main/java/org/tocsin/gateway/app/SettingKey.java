package org.tocsin.gateway.app;

import java.util.Optional;
import org.tocsin.gateway.web.PublicUrl;
import org.tocsin.gateway.web.ScrapeToken;

/** The settings that the gateway knows beside those of its links: name, default, form, and what each means. */
enum SettingKey {
    HOST("host", "127.0.0.1", ".+", "an address", "where the gateway listens"),
    PORT("port", "8080", Forms.PORT, "a port of 1 to 65535, or 0 for a free one", "where the gateway listens"),
    DATA("data", "tocsin-data", ".+", "a folder", "where the embedded store and the archive lie"),
    TLS_CERT("tls.cert", "", ".*", "a PEM file", "the certificate chain; TLS is on with it"),
    TLS_KEY("tls.key", "", ".*", "a PEM file", "the certificate's private key"),
    INSECURE("insecure", "false", Forms.FLAG, "true or false", "lets the gateway listen beyond loopback without TLS"),
    PUBLIC_URL(
            "web.publicUrl",
            "",
            "(" + PublicUrl.FORM + ")?",
            "http(s)://host or http(s)://host:port",
            "where the public finds the gateway, for the feed's links; none: relative links"),
    TRUSTED_PROXIES(
            "web.trustedProxies",
            "",
            "[0-9A-Fa-f:./,\\s]*",
            "IP addresses and networks between commas, such as 10.0.0.5, 192.168.0.0/16",
            "proxies whose X-Forwarded-For is taken for where a request comes from; none: nobody's"),
    METRICS_TOKEN(
            "metrics.token",
            "",
            "(" + ScrapeToken.FORM + ")?",
            "16 to 128 characters of A-Z a-z 0-9 . _ ~ -",
            "what a scraper of /metrics may present instead of an API key",
            true),
    REQUESTS(
            "requests.perSecond",
            "100",
            "[1-9][0-9]{0,6}",
            "1 to 9999999",
            "how many requests a client may make a second"),
    REQUESTS_BURST("requests.burst", "300", "[1-9][0-9]{0,6}", "1 to 9999999", "how many it may make at once"),
    STORE_URI(
            "store.uri",
            "",
            "((rediss?|rediss?-sentinel)://.+)?",
            "a redis://, rediss:// or redis-sentinel:// address; a cluster cannot be used",
            "an own Redis; else the embedded"),
    STORE_REPLICAS(
            "store.replicas",
            "1",
            "[0-9]",
            "0 to 9",
            "how many replicas of an own Redis must have what is accepted; 0 for a single Redis"),
    STORE_MIN_FREE(
            "store.minFreeMegabytes",
            "256",
            "[0-9]{1,7}",
            "megabytes of disk, or of an own Redis' maxmemory",
            "below it new warnings are refused with 507"),
    MQTT_HOST("mqtt.host", "127.0.0.1", ".+", "an address", "where terminals connect"),
    MQTT_PORT("mqtt.port", "1883", Forms.PORT, "a port of 1 to 65535, or 0 for a free one", "where terminals connect"),
    MQTT_PASSWORD(
            "mqtt.password",
            "",
            "(.{16,128})?",
            "16 to 128 characters",
            "what terminals sign in with; none: no end",
            true),
    MQTT_BROKER("mqtt.broker", "", "(tcp://.+:[0-9]+)?", "tcp://host:port", "an outside broker instead of the own end"),
    MQTT_USER("mqtt.user", "tocsin", ".+", "a name", "the gateway's user at an outside broker"),
    ZONE("zone", "Asia/Shanghai", ".+", "a time zone", "the county's zone, for pages and shared hours"),
    CHANNELS(
            "warning.channels",
            "sms,loudspeaker,screen,wechat,app,email",
            "[a-z0-9]+(,[a-z0-9]+)*",
            "channels between commas",
            "what a warning goes out by"),
    AUDIENCE("warning.audience", "residents", ".+", "an audience", "whom a warning goes to unless it says otherwise"),
    GOAL(
            "coverage.goal",
            "0.9",
            "0(\\.[0-9]+)?|1(\\.0+)?",
            "0 to 1",
            "the goal of public coverage where no other holds"),
    GOALS(
            "coverage.goals",
            "",
            "(?s).*",
            "a list, see docs/settings.md",
            "the goals of jurisdictions, each with from and to; where none holds coverage.goal does"),
    EVIDENCE_KEY(
            "evidence.key",
            "",
            ".*",
            "a PEM file",
            "the Ed25519 key (PKCS#8) that signs evidence packs; none: made in the data folder at first need"),
    ARCHIVE("archive", "", ".*", "a folder", "where sealed warnings' evidence lies; none: archive in the data folder"),
    SEAL_AFTER(
            "evidence.sealAfterMinutes",
            "2880",
            "[0-9]{1,5}",
            "0 to 99999",
            "how long after its end a warning is sealed; reports that come later count nowhere"),
    RETENTION_PERSONS(
            "retention.personsDays",
            "184",
            "[0-9]{1,5}",
            "0 to 99999",
            "how many days after a warning was sealed it is kept what became of each addressee"),
    WITNESS_FOLDER("witness.folder", "", ".*", "a folder", "where each day's seal of the ledger is put as well"),
    WITNESS_URL(
            "witness.url",
            "",
            "(https://[^/?#@]+|http://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?)?",
            "https://host or https://host:port",
            "another county's gateway, which gets each day's seal of the ledger"),
    WITNESS_KEY("witness.key", "", "([A-Za-z0-9._~-]{16,128})?", "an API key", "the key that it has given out", true),
    WITNESS_MAIL_TO("witness.mail.to", "", ".*", "mail addresses between commas", "who gets each day's seal by mail"),
    WITNESS_MAIL_FROM("witness.mail.from", "", ".*", "a mail address", "whom these mails are from"),
    WITNESS_MAIL_HOST("witness.mail.host", "", ".*", "a host", "the mail server"),
    WITNESS_MAIL_PORT("witness.mail.port", "587", Forms.PORT, "a port", "the mail server's"),
    WITNESS_MAIL_SECURITY(
            "witness.mail.security", "starttls", "none|starttls|tls", "none, starttls or tls", "how it is spoken to"),
    WITNESS_MAIL_USER("witness.mail.user", "", ".*", "a name", "whom to sign in as; none: nobody"),
    WITNESS_MAIL_PASSWORD("witness.mail.password", "", ".*", "a password", "that user's", true),
    WITNESS_SIGNERS(
            "witness.signers",
            "",
            "([A-Za-z0-9._-]+=[0-9a-f]{64}(,\\s*[A-Za-z0-9._-]+=[0-9a-f]{64})*)?",
            "<client>=<fingerprint> between commas, fingerprints of 64 lower-case hexadecimal digits",
            "whose seals this gateway keeps as a witness, by the API client that brings them"),
    ACCESS_KEY(
            "access.key",
            "",
            ".*",
            "a file with 32 bytes in base 64",
            "the key by which second factors are encrypted, the same on all nodes; none: made in the data folder"),
    OIDC_ISSUER(
            "access.oidc.issuer",
            "",
            "(https://[^?#]+|http://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?(/[^?#]*)?)?",
            "https://host/path",
            "the OpenID provider by which people may sign in; needs web.publicUrl"),
    OIDC_CLIENT("access.oidc.client", "", ".*", "a name", "the id under which this gateway is registered there"),
    OIDC_SECRET("access.oidc.secret", "", ".*", "a secret", "that registration's secret; none: a public client", true),
    OIDC_CLAIM(
            "access.oidc.claim",
            "preferred_username",
            "[A-Za-z0-9_.:/-]{1,100}",
            "a claim's name",
            "the claim of the ID token that is the account's name"),
    OIDC_SCOPES(
            "access.oidc.scopes",
            "profile",
            "[a-zA-Z0-9_.:/-]*(,[a-zA-Z0-9_.:/-]+)*",
            "words between commas",
            "what is asked for beside openid"),
    ISSUE_SENDER(
            "issue.sender",
            "tocsin",
            "[^\\s,<&]{1,100}",
            "1 to 100 characters without blank, comma, < and &",
            "CAP's sender of warnings that are made on the console"),
    ISSUE_SENDER_NAME(
            "issue.senderName",
            "",
            ".{0,60}",
            "at most 60 characters",
            "who says what is made on the console; none: the county's warning centre"),
    SMS_PRICE(
            "issue.smsPrice",
            "",
            "([0-9]{1,3}(\\.[0-9]{1,4})?)?",
            "yuan, such as 0.045",
            "what one segment costs, for the estimate before a warning is submitted; none: no cost is shown"),
    REPLY_ACKNOWLEDGE(
            "replies.acknowledge",
            "1,收到,OK",
            ".*",
            "words between commas",
            "what a reply says that means: I have seen it"),
    REPLY_OPT_OUT(
            "replies.optOut",
            "T,TD,退订,STOP",
            ".*",
            "words between commas",
            "… no more warnings of levels III and IV by this channel"),
    REPLY_OPT_IN("replies.optIn", "恢复,START", ".*", "words between commas", "… all of them again"),
    REPLY_EXTENSION(
            "replies.extensionDigits",
            "0",
            "[0-6]",
            "0 to 6",
            "how many digits behind the sender's number name the warning, for carriers that allow it"),
    RETENTION_REPLIES(
            "retention.repliesDays",
            "184",
            "[1-9][0-9]{0,4}",
            "1 to 99999",
            "how many days what people write back is kept"),
    QUIET_HOURS(
            "quiet.hours",
            "",
            "(([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9])?",
            "HH:MM-HH:MM",
            "when warnings of the quiet levels wait; none: never"),
    QUIET_LEVELS(
            "quiet.levels", "IV", "(III|IV)(,(III|IV))?", "III and IV between commas", "the levels that wait then"),
    QUIET_CHANNELS(
            "quiet.channels",
            "sms",
            "[a-z0-9]+(,[a-z0-9]+)*",
            "channels between commas",
            "the channels on which they wait"),
    FLASH_LEVELS(
            "sms.flashLevels",
            "",
            "((I|II|III|IV)(,(I|II|III|IV))*)?",
            "levels between commas",
            "the levels that are sent as flash SMS, shown at once and not stored"),
    LINK_TEST(
            "linkTest.minutes",
            "5",
            "[0-9]{1,4}",
            "0 to 9999",
            "how often a link with a probe number is tested; 0 for never"),
    MATRIX(
            "approval.matrix",
            "",
            "(?s).*",
            "an object, see docs/settings.md",
            "who must review and sign what; a signer for III and IV, a reviewer and a signer for I and II"),
    ;

    private static final class Forms {
        static final String PORT = "[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]";
        static final String FLAG = "true|false";
    }

    private final String setting;
    private final String otherwise;
    private final String form;
    private final String rule;
    private final String meaning;
    private final boolean secret;

    SettingKey(String setting, String otherwise, String form, String rule, String meaning) {
        this(setting, otherwise, form, rule, meaning, false);
    }

    SettingKey(String setting, String otherwise, String form, String rule, String meaning, boolean secret) {
        this.setting = setting;
        this.otherwise = otherwise;
        this.form = form;
        this.rule = rule;
        this.meaning = meaning;
        this.secret = secret;
    }

    /** Its name. */
    String setting() {
        return setting;
    }

    /** Its default; empty for none. */
    String otherwise() {
        return otherwise;
    }

    /** The regular expression that its value must match as a whole. */
    String form() {
        return form;
    }

    /** The form in words. */
    String rule() {
        return rule;
    }

    /** What it is for. */
    String meaning() {
        return meaning;
    }

    /** Whether its value is never shown. */
    boolean secret() {
        return secret;
    }

    /** Finds a setting by its name. */
    static Optional<SettingKey> of(String setting) {
        for (SettingKey key : values()) {
            if (key.setting.equals(setting)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }
}
