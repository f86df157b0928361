package org.tocsin.gateway.targeting;

import java.util.List;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Status;

/**
 * Who gets what, and of whom that is a share.
 *
 * @param generation the registry's generation, in which the numbers mean something
 * @param audience the audience, as it was asked for
 * @param isPublic whether the audience holds all residents, so that terminals are used and public coverage applies
 * @param parts by content, as many as there are contents: for an Actual warning
 * @param probeParts by content: the probes in the area whatever the audience, for an Exercise or Test
 * @param atoms the villages and parts of villages in the area, by number; the union over all contents
 */
public record Target(
        int generation, String audience, boolean isPublic, List<Part> parts, List<Part> probeParts, List<Atom> atoms) {
    /** Copies the lists. */
    public Target {
        parts = List.copyOf(parts);
        probeParts = List.copyOf(probeParts);
        atoms = List.copyOf(atoms);
    }

    /** Who may get a warning of this status: an Exercise or Test reaches probes alone. */
    public List<Part> parts(Status status) {
        return status == Status.ACTUAL ? parts : probeParts;
    }

    /** The residents of the area. */
    public long residents() {
        return atoms.stream().mapToLong(Atom::residents).sum();
    }

    /** All persons of all parts; the caller's own. */
    public RoaringBitmap persons() {
        return RoaringBitmap.or(parts.stream().map(Part::persons).iterator());
    }

    /** All terminals of all parts; the caller's own. */
    public RoaringBitmap terminals() {
        return RoaringBitmap.or(parts.stream().map(Part::terminals).iterator());
    }
}
