package org.tocsin.channel.app;

import java.util.Map;
import org.tocsin.alert.Status;
import org.tocsin.channel.ChannelContract;
import org.tocsin.channel.Notice;

/** Notices for tests beside the contract. */
abstract class Notices extends ChannelContract {
    static Notice actual(Map<String, String> parts) {
        return notice(Status.ACTUAL, parts);
    }
}
