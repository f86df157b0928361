package org.tocsin.channel.sms;

import org.tocsin.channel.LinkSettings;

/** One account at a gateway of China Telecom. Immutable. */
record SmgpAccount(String clientId, String secret, String serviceId, String feeType, String feeCode) {
    static SmgpAccount read(LinkSettings from) {
        return new SmgpAccount(
                SmsSettings.ascii(from, "systemId", from.text("systemId"), 8),
                SmsSettings.ascii(from, "password", from.text("password"), 64),
                SmsSettings.ascii(from, "serviceId", from.text("serviceId", ""), 10),
                SmsSettings.ascii(from, "feeType", from.text("feeType", "00"), 2),
                SmsSettings.ascii(from, "feeCode", from.text("feeCode", "0"), 6));
    }

    /** Does not show the secret. */
    @Override
    public String toString() {
        return clientId;
    }
}
