package org.tocsin.gateway.web.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.MsgType;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.watch.Trouble;
import org.tocsin.gateway.report.watch.Troubles;
import org.tocsin.gateway.web.Rooms;

/**
 * The reports that live pages ask for again and again, each made anew at most every two seconds however many look at
 * it. May be used by any thread.
 */
final class Board {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final int MOST = 200;

    private final Rooms rooms;
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    private record Made(Instant at, long version, @Nullable Reported reported) {}

    Board(Rooms rooms) {
        this.rooms = rooms;
    }

    /** The report of a warning; null where there is none yet. */
    @Nullable
    Reported report(Warning warning) {
        Instant now = rooms.clock().instant();
        Made last = made.get(warning.id());
        if (last != null
                && last.version() == warning.version()
                && last.at().plus(FRESH).isAfter(now)) {
            return last.reported();
        }
        Reported reported = warning.signed() == null ? null : rooms.reports().report(warning);
        if (made.size() >= MOST) {
            made.values().removeIf(old -> !old.at().plus(FRESH).isAfter(now));
        }
        if (made.size() < MOST) {
            made.put(warning.id(), new Made(now, warning.version(), reported));
        }
        return reported;
    }

    /** What keeps a signed warning from arriving. */
    List<Trouble> troubles(Warning warning) {
        Reported reported = report(warning);
        boolean begun = warning.state() != WarningState.SIGNED && reported != null;
        return Troubles.of(new Troubles.Facts(
                reported,
                rooms.watch().channels(warning),
                warning.state().isOpen(),
                warning.state() == WarningState.STOPPED,
                begun,
                warning.alert().msgType() == MsgType.CANCEL ? null : warning.expires(),
                rooms.watch().links(),
                rooms.watch().terminals(),
                rooms.clock().instant()));
    }

    /** The words of what is wrong. */
    List<TroubleView> troubleViews(Warning warning, Phrases phrases) {
        return new ArrayList<>(TroubleView.of(troubles(warning), phrases));
    }
}
