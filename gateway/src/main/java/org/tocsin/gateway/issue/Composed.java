package org.tocsin.gateway.issue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;

/**
 * What comes of a form.
 *
 * @param alert the alert; null where problems stand against it
 * @param sketch the alert as far as it is there, to count and to show; never to be sent
 * @param problems what stands against it
 * @param notices what somebody should look at twice, and may leave
 */
public record Composed(@Nullable Alert alert, Alert sketch, List<FieldProblem> problems, List<FieldProblem> notices) {
    /** Copies the lists. */
    public Composed {
        problems = List.copyOf(problems);
        notices = List.copyOf(notices);
    }
}
