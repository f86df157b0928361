package org.tocsin.gateway.intake;

import java.util.List;
import org.tocsin.gateway.approval.Posting;
import org.tocsin.gateway.validation.Problem;

/** What came of looking at a message without taking it. */
public sealed interface Examined {
    /**
     * It can be taken.
     *
     * @param posting for the sign-off
     */
    record Acceptable(Posting posting) implements Examined {}

    /**
     * It cannot.
     *
     * @param status the HTTP status: 400, 413, 415 or 422
     * @param problems all problems of the first stage that failed, at least one
     */
    record Refused(int status, List<Problem> problems) implements Examined {
        /** Copies the problems. */
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
