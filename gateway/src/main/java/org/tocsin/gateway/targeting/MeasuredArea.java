package org.tocsin.gateway.targeting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.receipt.ByteSink;
import org.tocsin.gateway.receipt.ByteSource;
import org.tocsin.gateway.registry.Terminal;
import org.tocsin.gateway.registry.Terminals;

/**
 * Of whom an issue's coverage is a share: residents, who lives where, and what the terminals serve, as they stood when
 * the issue was planned. It is kept with the plan, so that a later import moves no figure of an issue that is out.
 *
 * @param audience the audience, as it was asked for
 * @param isPublic whether the audience holds all residents, so that public coverage applies
 * @param atoms the villages and parts of villages of the area, by number
 * @param terminals the terminals that stand in these villages
 */
public record MeasuredArea(String audience, boolean isPublic, List<Atom> atoms, List<Serving> terminals) {
    /** An area of nobody: of an end that goes to earlier addressees alone. */
    public static final MeasuredArea NONE = new MeasuredArea("", false, List.of(), List.of());

    /**
     * A terminal and those whom it serves.
     *
     * @param number the terminal's number
     * @param village the number of the village where it stands
     * @param serves the residents whom it serves, 0 or more
     */
    public record Serving(int number, int village, int serves) {}

    /** Copies the lists. */
    public MeasuredArea {
        atoms = List.copyOf(atoms);
        terminals = List.copyOf(terminals);
    }

    /** The area of a target, with the terminals of the registry that it was made of. */
    public static MeasuredArea of(Target target, Terminals terminals) {
        RoaringBitmap villages = new RoaringBitmap();
        target.atoms().forEach(atom -> villages.add(atom.village()));
        List<Atom> inRuns = target.atoms().stream().map(Atom::inRuns).toList();
        List<Serving> serving = new ArrayList<>();
        for (Terminal terminal : terminals.present()) {
            if (villages.contains(terminal.village())) {
                serving.add(new Serving(terminal.number(), terminal.village(), terminal.serves()));
            }
        }
        return new MeasuredArea(target.audience(), target.isPublic(), inRuns, serving);
    }

    /** The terminals by the number of their village. */
    public Map<Integer, List<Serving>> terminalsByVillage() {
        Map<Integer, List<Serving>> byVillage = new HashMap<>();
        terminals.forEach(terminal -> byVillage
                .computeIfAbsent(terminal.village(), village -> new ArrayList<>())
                .add(terminal));
        return byVillage;
    }

    /** Writes it behind what is there. */
    public void writeTo(ByteSink sink) {
        sink.putText(audience);
        sink.put(isPublic ? 1 : 0);
        sink.putVar(atoms.size());
        for (Atom atom : atoms) {
            sink.putVar(atom.village());
            sink.putText(atom.code());
            sink.putText(atom.name());
            sink.putVar(atom.residents());
            sink.putVar(atom.villageResidents());
            sink.put(atom.cut() ? 1 : 0);
            sink.putFixed(Double.doubleToLongBits(atom.share()));
            putBitmap(sink, atom.living());
            putBitmap(sink, atom.unpositioned());
        }
        sink.putVar(terminals.size());
        for (Serving terminal : terminals) {
            sink.putVar(terminal.number());
            sink.putVar(terminal.village());
            sink.putVar(terminal.serves());
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    public static MeasuredArea readFrom(ByteSource source) {
        String audience = source.takeText();
        boolean isPublic = source.take() == 1;
        int count = source.takeVar(Integer.MAX_VALUE);
        List<Atom> atoms = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            atoms.add(new Atom(
                    source.takeVar(Integer.MAX_VALUE),
                    source.takeText(),
                    source.takeText(),
                    source.takeVar(Integer.MAX_VALUE),
                    source.takeVar(Integer.MAX_VALUE),
                    source.take() == 1,
                    Double.longBitsToDouble(source.takeFixed()),
                    takeBitmap(source),
                    takeBitmap(source)));
        }
        int serving = source.takeVar(Integer.MAX_VALUE);
        List<Serving> terminals = new ArrayList<>();
        for (int at = 0; at < serving; at++) {
            terminals.add(new Serving(
                    source.takeVar(Integer.MAX_VALUE),
                    source.takeVar(Integer.MAX_VALUE),
                    source.takeVar(Integer.MAX_VALUE)));
        }
        return new MeasuredArea(audience, isPublic, atoms, terminals);
    }

    private static void putBitmap(ByteSink sink, RoaringBitmap bitmap) {
        ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
        bitmap.serialize(bytes);
        sink.putVar(bytes.capacity());
        sink.put(bytes.array());
    }

    private static RoaringBitmap takeBitmap(ByteSource source) {
        RoaringBitmap bitmap = new RoaringBitmap();
        try {
            bitmap.deserialize(ByteBuffer.wrap(source.takeBytes()));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return bitmap;
    }
}
