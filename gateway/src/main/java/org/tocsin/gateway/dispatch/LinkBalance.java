package org.tocsin.gateway.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds out which link of a channel has so much more to do than the others that it gives some of it away. Pure. */
final class LinkBalance {
    /** While the last link ends at most so long after the first all keep what they have: moving costs a moment too. */
    private static final double TOLERATED_SECONDS = 2;

    private static final int LEAST_MOVED = 20;

    /**
     * What a link has before it.
     *
     * @param link its id
     * @param queued how many addressees wait in its lanes
     * @param speed how many it takes a second, above 0
     */
    record Load(String link, int queued, double speed) {}

    /** That one link gives so many addressees to another. */
    record Relief(String from, String to, int count) {}

    private LinkBalance() {}

    /** Who gives how many to whom; nothing where all end at about the same time. */
    static List<Relief> of(List<Load> loads) {
        double queued = loads.stream().mapToDouble(Load::queued).sum();
        double speed = loads.stream().mapToDouble(Load::speed).sum();
        List<Relief> reliefs = new ArrayList<>();
        if (loads.size() < 2 || queued == 0) {
            return reliefs;
        }
        double together = queued / speed;
        double first = loads.stream()
                .mapToDouble(load -> load.queued() / load.speed())
                .min()
                .orElse(together);
        double[] room = loads.stream()
                .mapToDouble(load -> Math.max(0, load.speed() * together - load.queued()))
                .toArray();
        List<Load> givers = loads.stream()
                .filter(load -> load.queued() / load.speed() > Math.max(together, first + TOLERATED_SECONDS))
                .sorted(Comparator.comparingDouble((Load load) -> load.queued() / load.speed())
                        .reversed())
                .toList();
        for (Load giver : givers) {
            double excess = giver.queued() - giver.speed() * together;
            for (int at = 0; at < room.length; at++) {
                int count = (int) Math.min(excess, room[at]);
                if (count >= LEAST_MOVED) {
                    reliefs.add(new Relief(giver.link(), loads.get(at).link(), count));
                    excess -= count;
                    room[at] -= count;
                }
            }
        }
        return reliefs;
    }
}
