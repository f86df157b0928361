package org.tocsin.gateway.intake;

import java.util.List;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.validation.Problem;

/** How the intake answers a posted message. */
public sealed interface Received {
    /**
     * It was taken and is kept: 201.
     *
     * @param warning the new warning
     */
    record Created(Warning warning) implements Received {}

    /**
     * The same (sender, identifier, sent) with the same content was taken before: 200.
     *
     * @param warning as it stands now
     */
    record Known(Warning warning) implements Received {}

    /**
     * The same (sender, identifier, sent) was taken before with other content: 409.
     *
     * @param warning as it stands now
     * @param problem why
     */
    record Conflict(Warning warning, Problem problem) implements Received {}

    /**
     * It was not taken, and nothing of it is remembered.
     *
     * @param status the HTTP status: 400, 403, 409, 413, 415 or 422
     * @param problems all problems of the first stage that failed, at least one
     */
    record Refused(int status, List<Problem> problems) implements Received {
        /** Copies the problems. */
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
