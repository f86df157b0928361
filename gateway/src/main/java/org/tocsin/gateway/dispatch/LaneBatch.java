package org.tocsin.gateway.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.gateway.receipt.ByteSink;
import org.tocsin.gateway.receipt.ByteSource;

/**
 * A batch as it waits in a link's lane.
 *
 * @param id its name: the same plan gives the same names
 * @param warning the warning's id
 * @param issue the issue's id
 * @param notice which of the issue's notices
 * @param lane 1 to 4
 * @param terminals whether the numbers are terminals' rather than persons'
 * @param generation the registry's generation in which the numbers mean something
 * @param tried the ids of the links that had it before, with commas between; empty for none
 * @param numbers the addressees' numbers, each larger than the one before, at least one
 */
record LaneBatch(
        String id,
        String warning,
        String issue,
        String notice,
        int lane,
        boolean terminals,
        int generation,
        String tried,
        int[] numbers) {
    private static final int VERSION = 1;
    private static final String REFUSED = "!";
    private static final Pattern MOVE = Pattern.compile("@([a-z0-9-]+!?)#[0-9]+\\.[0-9]+");

    byte[] encode() {
        ByteSink sink = new ByteSink();
        sink.put(VERSION);
        sink.putText(id);
        sink.putText(warning);
        sink.putText(issue);
        sink.putText(notice);
        sink.put(lane);
        sink.put(terminals ? 1 : 0);
        sink.putVar(generation);
        sink.putText(tried);
        sink.putAscending(numbers);
        return sink.toArray();
    }

    static LaneBatch decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes, 0, bytes.length);
        int version = source.take();
        if (version != VERSION) {
            throw new IllegalStateException("a batch of version " + version + ", known is " + VERSION);
        }
        return new LaneBatch(
                source.takeText(),
                source.takeText(),
                source.takeText(),
                source.takeText(),
                source.take(),
                source.take() == 1,
                source.takeVar(Integer.MAX_VALUE),
                source.takeText(),
                source.takeAscending());
    }

    /** The same for others of its addressees. */
    LaneBatch with(int[] others) {
        return new LaneBatch(id, warning, issue, notice, lane, terminals, generation, tried, others);
    }

    /**
     * The links that had a batch of this name before; those that refused it for reasons of their own with {@code !}
     * after their id. The name tells it, because it is what the journal keeps.
     */
    static List<String> triedBy(String id) {
        List<String> tried = new ArrayList<>();
        Matcher move = MOVE.matcher(id);
        while (move.find()) {
            tried.add(move.group(1));
        }
        return tried;
    }

    /** A link's id as it stands among those tried where it has refused. */
    static String refusal(String link) {
        return link + REFUSED;
    }

    /** Whether an entry among those tried says that the link has refused. */
    static boolean isRefusal(String tried) {
        return tried.endsWith(REFUSED);
    }

    /** Whether a link had it before and gave it away, for whatever reason. */
    boolean wasWith(String link) {
        if (tried.isEmpty()) {
            return false;
        }
        List<String> before = triedBy(id);
        return before.contains(link) || before.contains(link + REFUSED);
    }

    /** Whether some link has refused it for reasons of its own: then no further one is asked. */
    boolean wasRefused() {
        return id.indexOf(REFUSED) >= 0 && triedBy(id).stream().anyMatch(link -> link.endsWith(REFUSED));
    }

    /**
     * A part of it for another link.
     *
     * @param link which link gives it away
     * @param refused whether that link's provider refused it for reasons of its own
     */
    LaneBatch movedFrom(String link, boolean refused, int[] part) {
        String giver = refused ? link + REFUSED : link;
        return new LaneBatch(
                id + "@" + giver + "#" + part[0] + "." + part.length,
                warning,
                issue,
                notice,
                lane,
                terminals,
                generation,
                tried.isEmpty() ? giver : tried + "," + giver,
                part);
    }
}
