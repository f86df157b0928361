package org.tocsin.channel.sms;

import java.util.Arrays;
import java.util.List;
import org.tocsin.channel.LinkSettings;

/**
 * One account at a gateway of China Unicom, with the end at which that gateway connects to us. Immutable.
 *
 * @param node our node: 3, area code of four digits, CorpId of five
 * @param listenPort where the carrier's gateway brings reports and replies
 * @param peers the addresses that may connect there; empty for all
 */
record SgipAccount(
        String name,
        String password,
        long node,
        String corpId,
        String serviceType,
        String listenHost,
        int listenPort,
        String listenName,
        String listenPassword,
        int listenConnections,
        List<String> peers) {
    private static final long LARGEST_NODE = 0xFFFFFFFFL;

    static SgipAccount read(LinkSettings from) {
        String peers = from.text("listenPeers", "");
        return new SgipAccount(
                SmsSettings.ascii(from, "systemId", from.text("systemId"), 16),
                SmsSettings.ascii(from, "password", from.text("password"), 16),
                node(from),
                SmsSettings.ascii(from, "corpId", from.text("corpId"), 5),
                SmsSettings.ascii(from, "serviceId", from.text("serviceId", ""), 10),
                from.text("listenHost", "127.0.0.1"),
                listenPort(from),
                SmsSettings.ascii(from, "listenName", from.text("listenName"), 16),
                SmsSettings.ascii(from, "listenPassword", from.text("listenPassword"), 16),
                from.integer("listenConnections", 8, 1, 64),
                peers.isEmpty()
                        ? List.of()
                        : Arrays.stream(peers.split(",", -1)).map(String::strip).toList());
    }

    private static int listenPort(LinkSettings from) {
        String text = from.text("listenPort");
        return text.isEmpty() ? 0 : from.integer("listenPort", 0, 0, 65_535);
    }

    private static long node(LinkSettings from) {
        String text = from.text("node");
        if (!text.isEmpty() && !(text.matches("[0-9]{1,10}") && Long.parseLong(text) <= LARGEST_NODE)) {
            from.problem("node", "must be a whole number up to " + LARGEST_NODE);
            return 0;
        }
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** Does not show the passwords. */
    @Override
    public String toString() {
        return name;
    }
}
