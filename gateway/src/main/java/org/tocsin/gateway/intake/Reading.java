package org.tocsin.gateway.intake;

import java.util.List;
import org.tocsin.alert.Alert;
import org.tocsin.gateway.validation.Problem;

/** What came of reading a message. */
public sealed interface Reading {
    /**
     * The message is what its dialect demands.
     *
     * @param alert what it says
     * @param signed whether it carries an XML signature, which nobody has verified
     * @param dialect the form in which it came
     */
    record Sound(Alert alert, boolean signed, Dialect dialect) implements Reading {}

    /**
     * The message is not.
     *
     * @param status the HTTP status to answer: 400, 415, or 422 where it is too deep or holds too much
     * @param problems all that is wrong, at least one
     */
    record Faulty(int status, List<Problem> problems) implements Reading {
        /** Copies the problems. */
        public Faulty {
            problems = List.copyOf(problems);
        }
    }
}
