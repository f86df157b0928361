package org.tocsin.gateway.dispatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.receipt.ByteSink;
import org.tocsin.gateway.receipt.ByteSource;
import org.tocsin.gateway.registry.RegistryHashes;
import org.tocsin.gateway.targeting.MeasuredArea;

/**
 * Who gets which notice of an issue by which link, decided once.
 *
 * @param warning the warning's id
 * @param issue the issue's id
 * @param lane 1 to 4
 * @param generation the registry's generation in which the numbers mean something
 * @param made when it was decided; from then on reports are counted as to come
 * @param area of whom the issue's coverage is a share
 * @param groups the parts
 * @param hashes of the registry that it was made of
 */
record Plan(
        String warning,
        String issue,
        int lane,
        int generation,
        Instant made,
        MeasuredArea area,
        List<Group> groups,
        RegistryHashes hashes) {
    private static final int VERSION = 3;

    /**
     * Those who get one notice by one link.
     *
     * @param channel the channel's name
     * @param link the link's id
     * @param notice the notice's key
     * @param terminals whether the numbers are terminals' rather than persons'
     * @param batch the most addressees of one batch
     * @param numbers who
     */
    record Group(String channel, String link, String notice, boolean terminals, int batch, RoaringBitmap numbers) {}

    /** Copies the list; the time is kept in milliseconds. */
    Plan {
        made = made.truncatedTo(ChronoUnit.MILLIS);
        groups = List.copyOf(groups);
    }

    byte[] encode() {
        ByteSink sink = new ByteSink();
        sink.put(VERSION);
        sink.putText(warning);
        sink.putText(issue);
        sink.put(lane);
        sink.putVar(generation);
        sink.putText(made.toString());
        area.writeTo(sink);
        sink.putVar(groups.size());
        for (Group group : groups) {
            sink.putText(group.channel());
            sink.putText(group.link());
            sink.putText(group.notice());
            sink.put(group.terminals() ? 1 : 0);
            sink.putVar(group.batch());
            ByteBuffer bitmap = ByteBuffer.allocate(group.numbers().serializedSizeInBytes());
            group.numbers().serialize(bitmap);
            sink.putVar(bitmap.capacity());
            sink.put(bitmap.array());
        }
        sink.putText(hashes.divisions());
        sink.putText(hashes.registry());
        return sink.toArray();
    }

    static Plan decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes, 0, bytes.length);
        int version = source.take();
        if (version != VERSION) {
            throw new IllegalStateException("a plan of version " + version + ", known is " + VERSION);
        }
        String warning = source.takeText();
        String issue = source.takeText();
        int lane = source.take();
        int generation = source.takeVar(Integer.MAX_VALUE);
        Instant made = Instant.parse(source.takeText());
        MeasuredArea area = MeasuredArea.readFrom(source);
        int count = source.takeVar(Integer.MAX_VALUE);
        List<Group> groups = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            groups.add(new Group(
                    source.takeText(),
                    source.takeText(),
                    source.takeText(),
                    source.take() == 1,
                    source.takeVar(Integer.MAX_VALUE),
                    bitmap(source.takeBytes())));
        }
        RegistryHashes hashes = new RegistryHashes(source.takeText(), source.takeText());
        return new Plan(warning, issue, lane, generation, made, area, groups, hashes);
    }

    private static RoaringBitmap bitmap(byte[] bytes) {
        RoaringBitmap bitmap = new RoaringBitmap();
        try {
            bitmap.deserialize(ByteBuffer.wrap(bytes));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return bitmap;
    }

    /** How many addressees, each as often as it has channels. */
    int addressees() {
        return groups.stream()
                .mapToInt(group -> group.numbers().getCardinality())
                .sum();
    }

    /** All whom it gives to a channel. */
    RoaringBitmap planned(String channel) {
        RoaringBitmap planned = new RoaringBitmap();
        groups.stream().filter(group -> group.channel().equals(channel)).forEach(group -> planned.or(group.numbers()));
        return planned;
    }
}
