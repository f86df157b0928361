package org.tocsin.gateway.validation;

import org.tocsin.alert.Area;

/** What this gateway knows of places. Implementations are safe for many threads. */
public interface AreaKnowledge {
    /** What became of looking an area up. */
    enum Finding {
        /** At least one village with residents, or one person or terminal, lies in it. */
        KNOWN,
        /** None of its geocodes, polygons and circles touches a division known here. */
        UNKNOWN_DIVISION,
        /** Its place is known, and nobody lives there. */
        EMPTY
    }

    /**
     * Looks an area up by the union of its geocodes, polygons and circles.
     *
     * @param area an area with at least one geocode, polygon or circle
     * @return what is known of it; never more than what the area itself names
     */
    Finding find(Area area);
}
