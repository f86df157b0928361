package org.tocsin.channel.sms;

import java.time.Duration;
import java.time.Instant;
import org.tocsin.channel.LinkSettings;

/** SMPP 3.4. */
record SmppProtocol(SmsSettings settings, SmppAccount account) implements Protocol {
    private static final SmsSettings.Defaults DEFAULTS = new SmsSettings.Defaults(256, 10, 1, 1, 20);

    static SmppProtocol read(LinkSettings from) {
        return new SmppProtocol(SmsSettings.read(from, DEFAULTS), SmppAccount.read(from));
    }

    @Override
    public String name() {
        return "SMPP 3.4";
    }

    @Override
    public ShortText.Alphabet alphabet() {
        return ShortText.Alphabet.GSM;
    }

    @Override
    public int longestSender() {
        return DEFAULTS.longestSource();
    }

    @Override
    public ShortText fit(ShortText text) {
        return account.payload() ? text.asPayload() : text;
    }

    @Override
    public SubmitTemplate template(ShortText text, String sender, Instant now, Duration validity) {
        return new SmppTemplate(account, sender, text, validity);
    }

    @Override
    public Conversation conversation(SmsLink link, Bind bind) {
        return new SmppConversation(link, bind, settings, account);
    }
}
