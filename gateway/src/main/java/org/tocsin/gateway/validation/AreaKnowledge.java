package org.tocsin.gateway.validation;

import java.util.List;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;

/** What this gateway knows of places and of those who live there. Implementations are safe for many threads. */
@FunctionalInterface
public interface AreaKnowledge {
    /** The code of a division's code that is not known here or cannot be read. */
    String UNKNOWN_DIVISION = "unknown-division";

    /** The code of a drawn area in which no village, person or terminal is known. */
    String AREA_UNKNOWN = "area-unknown";

    /** The code of a polygon or circle that is no area, or none that is taken. */
    String AREA_INVALID = "area-invalid";

    /** The code of polygons whose edges cross or lie across each other too often. */
    String AREA_TOO_INTRICATE = "area-too-intricate";

    /** The code of an alert whose areas are known, and nobody of its audience and no terminal is there. */
    String EMPTY_TARGET = "empty-target";

    /** The code of an audience that is not defined here. */
    String UNKNOWN_AUDIENCE = "unknown-audience";

    /**
     * What stands against targeting an alert: areas of which nothing is known, an audience that is not defined, nobody
     * left.
     *
     * @param alert valid CAP within the limits, with an info at least and an area in each
     * @return the problems, with XPath-like places; empty where somebody or something can be reached
     */
    List<Problem> examine(Alert alert);

    /**
     * The place of an area.
     *
     * @param alert the alert
     * @param content the number of its content, from 0, as {@link Content#of} counts
     * @param area the number of the area in the content, from 0; -1 for the content as a whole
     */
    static String place(Alert alert, int content, int area) {
        Info first = Content.of(alert).get(content).translations().get(0);
        int info = alert.infos().indexOf(first) + 1;
        return "/alert/info[" + info + "]" + (area < 0 ? "" : "/area[" + (area + 1) + "]");
    }
}
