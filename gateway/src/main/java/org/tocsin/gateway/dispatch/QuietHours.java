package org.tocsin.gateway.dispatch;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * The hours in which warnings of the lower levels wait for the morning. Levels I and II never wait.
 *
 * @param from when they begin
 * @param to when they end; before {@code from} where they run over midnight, the same as {@code from} for none
 * @param zone the county's
 * @param lanes the lanes that wait, of 3 and 4
 * @param channels the channels' names
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone, Set<Integer> lanes, Set<String> channels) {
    /** No quiet hours. */
    public static final QuietHours NONE =
            new QuietHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneId.of("UTC"), Set.of(), Set.of());

    private static final int FIRST_LANE_THAT_MAY_WAIT = 3;

    /** Copies the sets; refuses a lane that must never wait. */
    public QuietHours {
        lanes = Set.copyOf(lanes);
        channels = Set.copyOf(channels);
        if (lanes.stream().anyMatch(lane -> lane < FIRST_LANE_THAT_MAY_WAIT)) {
            throw new IllegalArgumentException("levels I and II have no quiet hours");
        }
    }

    /** Whether a lane of a channel waits at this moment. */
    public boolean holds(String channel, int lane, Instant now) {
        if (!lanes.contains(lane) || !channels.contains(channel) || from.equals(to)) {
            return false;
        }
        LocalTime time = LocalTime.ofInstant(now, zone);
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }
}
