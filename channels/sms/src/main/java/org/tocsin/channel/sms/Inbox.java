package org.tocsin.channel.sms;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Kept;
import org.tocsin.channel.Reply;
import org.tocsin.channel.ReplySink;

/**
 * Puts the segments of what people write together. Each is answered to its carrier when the whole is durable; what is
 * not complete after a while is handed on as it is, as half an answer is more than none. Used by the event loop alone.
 */
final class Inbox {
    /** How many messages may be incomplete; the oldest is handed on to make room. */
    private static final int MOST_OPEN = 1_000;

    private static final String MISSING = "[…]";

    private record Key(String from, String to, int reference, int total) {}

    private static final class Open {
        final @Nullable Fragment[] parts;
        final List<Kept> kept = new ArrayList<>();
        final long since;
        int missing;

        Open(int total, long since) {
            this.parts = new Fragment[total];
            this.missing = total;
            this.since = since;
        }
    }

    private final ReplySink sink;
    private final String number;
    private final Map<Key, Open> open = new LinkedHashMap<>();

    /**
     * Makes an inbox.
     *
     * @param sink where replies go
     * @param number the link's own number, behind which an extension stands
     */
    Inbox(ReplySink sink, String number) {
        this.sink = sink;
        this.number = number;
    }

    /**
     * Takes a message or a part of one.
     *
     * @param kept hears when the whole is durable
     * @param tick when it came, in the link's ticks
     */
    void take(Fragment fragment, Kept kept, long tick) {
        if (fragment.from().isEmpty()) {
            // Nobody to match it to, and no carrier says it better the next time.
            kept.settled(true);
            return;
        }
        if (fragment.total() == 1) {
            sink.accept(reply(fragment, fragment.text()), kept);
            return;
        }
        Key key = new Key(fragment.from(), fragment.to(), fragment.reference(), fragment.total());
        Open message = open.computeIfAbsent(key, unknown -> new Open(fragment.total(), tick));
        message.kept.add(kept);
        if (message.parts[fragment.number() - 1] == null) {
            message.parts[fragment.number() - 1] = fragment;
            message.missing--;
        }
        if (message.missing == 0) {
            open.remove(key);
            handOn(message);
        } else if (open.size() > MOST_OPEN) {
            handOnBefore(open.values().iterator().next().since + 1);
        }
    }

    /** Hands on what began before this tick and is not complete. */
    void handOnBefore(long tick) {
        Iterator<Open> all = open.values().iterator();
        while (all.hasNext()) {
            Open message = all.next();
            if (message.since >= tick) {
                return;
            }
            all.remove();
            handOn(message);
        }
    }

    private void handOn(Open message) {
        StringBuilder text = new StringBuilder();
        Fragment first = null;
        boolean gap = false;
        for (Fragment part : message.parts) {
            if (part == null) {
                text.append(gap ? "" : MISSING);
            } else {
                first = first == null ? part : first;
                text.append(part.text());
            }
            gap = part == null;
        }
        if (first != null) {
            sink.accept(reply(first, text.toString()), durable -> message.kept.forEach(kept -> kept.settled(durable)));
        }
    }

    private Reply reply(Fragment first, String text) {
        String to = first.to();
        String extension = !number.isEmpty() && to.startsWith(number) ? to.substring(number.length()) : "";
        return new Reply(first.id(), first.from(), to, extension, text, first.at());
    }
}
