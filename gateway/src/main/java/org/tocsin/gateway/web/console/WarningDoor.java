package org.tocsin.gateway.web.console;

import java.util.Optional;
import java.util.function.Function;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;

/** Lets those in who may read a warning, and says to others that they may not. */
final class WarningDoor {
    private final Rooms rooms;
    private final Pages pages;

    WarningDoor(Rooms rooms, Pages pages) {
        this.rooms = rooms;
        this.pages = pages;
    }

    /** The page of the warning in the path; 404 where there is none, 403 where it is not for whoever asks. */
    Answer open(Call call, Function<Warning, Answer> page) {
        Optional<Warning> found = rooms.warnings().find(call.parameter("id"));
        if (found.isEmpty()) {
            return pages.message(call, 404, "watch.none", "watch.none.next");
        }
        return rooms.signOff().mayRead(call.principal(), found.get())
                ? page.apply(found.get())
                : pages.message(call, 403, "watch.forbidden", "watch.forbidden.next");
    }
}
