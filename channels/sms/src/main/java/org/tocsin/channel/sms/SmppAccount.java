package org.tocsin.channel.sms;

import org.tocsin.channel.LinkSettings;

/** One account at a message centre over SMPP 3.4. Immutable. */
record SmppAccount(
        String systemId,
        String password,
        String systemType,
        int sourceTon,
        int sourceNpi,
        int destTon,
        int destNpi,
        boolean payload) {
    static SmppAccount read(LinkSettings from) {
        String longText = from.text("longText", "udh");
        if (!longText.equals("udh") && !longText.equals("payload")) {
            from.problem("longText", "must be udh or payload, was '" + longText + "'");
        }
        return new SmppAccount(
                SmsSettings.ascii(from, "systemId", from.text("systemId"), 15),
                SmsSettings.ascii(from, "password", from.text("password"), 8),
                SmsSettings.ascii(from, "systemType", from.text("systemType", ""), 12),
                from.integer("sourceTon", 0, 0, 255),
                from.integer("sourceNpi", 0, 0, 255),
                from.integer("destTon", 1, 0, 255),
                from.integer("destNpi", 1, 0, 255),
                longText.equals("payload"));
    }

    /** Does not show the password. */
    @Override
    public String toString() {
        return systemId;
    }
}
