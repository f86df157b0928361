package org.tocsin.gateway.report;

import java.time.Instant;
import java.util.function.IntFunction;
import org.tocsin.alert.Status;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.coverage.Audibility;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.MeasuredArea;

/**
 * Whose coverage is measured: what does not change while the receipts come in.
 *
 * @param issue the issue's id
 * @param status the alert's status
 * @param sent when the agency sent it
 * @param signed when it was signed off
 * @param area the area, its people and its terminals, as they stood when the issue was planned
 * @param audibility the audibility of a terminal, by its number
 */
public record CoverageSubject(
        String issue,
        Status status,
        Instant sent,
        Instant signed,
        MeasuredArea area,
        IntFunction<Audibility> audibility) {
    /**
     * The subject of a signed warning, whose terminals nobody has surveyed.
     *
     * @throws IllegalArgumentException when it is not signed
     */
    public static CoverageSubject of(Warning warning, MeasuredArea area) {
        Instant signed = warning.signed();
        if (signed == null) {
            throw new IllegalArgumentException("issue " + warning.id() + " is not signed");
        }
        return new CoverageSubject(
                warning.id(),
                warning.alert().status(),
                warning.alert().sent().toInstant(),
                signed,
                area,
                terminal -> Audibility.UNSURVEYED);
    }

    /** Whether the public coverage applies: an Actual issue for all residents, of whom some are on record. */
    public boolean isPublic() {
        return area.isPublic() && status == Status.ACTUAL && residents() > 0;
    }

    /** N: the residents of the area on record. */
    public long residents() {
        return area.atoms().stream().mapToLong(Atom::residents).sum();
    }
}
