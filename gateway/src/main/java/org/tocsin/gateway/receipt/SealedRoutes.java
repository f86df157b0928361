package org.tocsin.gateway.receipt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.channel.Reason;

/**
 * What the links knew of a sealed issue, as bytes for the archive: so that it can still be said what became of each
 * addressee when journals and memory have let go of it.
 */
public final class SealedRoutes {
    private static final int VERSION = 1;

    private SealedRoutes() {}

    /** Writes what the links know. */
    public static byte[] write(IssueEvidence evidence) {
        ByteSink sink = new ByteSink();
        sink.put(VERSION);
        sink.putText(evidence.issue());
        sink.putVar(evidence.channels().size());
        for (String channel : new TreeSet<>(evidence.channels())) {
            Map<String, RouteEvidence> routes = evidence.channel(channel).routes();
            sink.putText(channel);
            sink.putVar(routes.size());
            routes.forEach((link, route) -> {
                sink.putText(link);
                route.sets().forEach(bits -> put(sink, bits.toRoaring()));
                sink.putVar(route.movedTo.size());
                route.movedTo.forEach((other, numbers) -> {
                    sink.putText(other);
                    put(sink, numbers.toRoaring());
                });
                sink.putVar(route.causes.size());
                route.causes.forEach((cause, numbers) -> {
                    sink.putText(cause.reason().name());
                    sink.putText(cause.code());
                    put(sink, numbers.clone());
                });
            });
        }
        return sink.toArray();
    }

    /**
     * Reads it again.
     *
     * @param parts the channels on which the issue was planned
     * @return the evidence as it was when it was sealed
     * @throws CorruptJournal when the bytes are damaged
     */
    public static IssueEvidence read(byte[] bytes, List<EvidenceMerge.ChannelPart> parts) {
        try {
            ByteSource source = new ByteSource(bytes, 0, bytes.length);
            if (source.take() != VERSION) {
                throw new CorruptJournal("sealed evidence of another version");
            }
            String issue = source.takeText();
            Map<String, Map<String, RouteEvidence>> known = new TreeMap<>();
            for (int channels = source.takeVar(Integer.MAX_VALUE); channels > 0; channels--) {
                Map<String, RouteEvidence> routes = new LinkedHashMap<>();
                known.put(source.takeText(), routes);
                for (int links = source.takeVar(Integer.MAX_VALUE); links > 0; links--) {
                    routes.put(source.takeText(), route(source));
                }
            }
            return EvidenceMerge.mergeRoutes(issue, Long.MAX_VALUE, parts, known);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | UncheckedIOException damaged) {
            throw new CorruptJournal("sealed evidence is damaged: " + damaged);
        }
    }

    private static RouteEvidence route(ByteSource source) {
        RouteEvidence route = new RouteEvidence();
        route.sets().forEach(bits -> bits.or(Bits.of(take(source))));
        for (int moved = source.takeVar(Integer.MAX_VALUE); moved > 0; moved--) {
            route.movedTo.put(source.takeText(), Bits.of(take(source)));
        }
        for (int causes = source.takeVar(Integer.MAX_VALUE); causes > 0; causes--) {
            Reason reason = Reason.valueOf(source.takeText());
            route.causes.put(new RouteEvidence.Cause(reason, source.takeText()), take(source));
        }
        return route;
    }

    private static void put(ByteSink sink, RoaringBitmap bitmap) {
        bitmap.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
        bitmap.serialize(bytes);
        sink.putVar(bytes.capacity());
        sink.put(bytes.array());
    }

    private static RoaringBitmap take(ByteSource source) {
        RoaringBitmap bitmap = new RoaringBitmap();
        try {
            bitmap.deserialize(ByteBuffer.wrap(source.takeBytes()));
            return bitmap;
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
