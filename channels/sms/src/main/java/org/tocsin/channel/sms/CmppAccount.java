package org.tocsin.channel.sms;

import org.tocsin.channel.LinkSettings;

/**
 * One account at a gateway of China Mobile. Immutable.
 *
 * @param source Source_Addr, the enterprise's code
 * @param three whether it is CMPP 3.0; else 2.0
 * @param messageSource Msg_src
 * @param feeUserType who pays: 2 is the sender
 */
record CmppAccount(
        String source,
        String secret,
        boolean three,
        String serviceId,
        String messageSource,
        int feeUserType,
        String feeType,
        String feeCode) {
    static CmppAccount read(LinkSettings from) {
        String version = from.text("version", "3.0");
        if (!version.equals("2.0") && !version.equals("3.0")) {
            from.problem("version", "must be 2.0 or 3.0, was '" + version + "'");
        }
        String source = SmsSettings.ascii(from, "systemId", from.text("systemId"), 6);
        return new CmppAccount(
                source,
                SmsSettings.ascii(from, "password", from.text("password"), 64),
                version.equals("3.0"),
                SmsSettings.ascii(from, "serviceId", from.text("serviceId", ""), 10),
                SmsSettings.ascii(from, "msgSrc", from.text("msgSrc", source), 6),
                from.integer("feeUserType", 2, 0, 3),
                SmsSettings.ascii(from, "feeType", from.text("feeType", "01"), 2),
                SmsSettings.ascii(from, "feeCode", from.text("feeCode", "0"), 6));
    }

    /** The octets of a number. */
    int numberWidth() {
        return three ? 32 : 21;
    }

    /** The octets of a status or result. */
    int statusWidth() {
        return three ? 4 : 1;
    }

    /** Does not show the secret. */
    @Override
    public String toString() {
        return source;
    }
}
