package org.tocsin.gateway.app;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.intake.Examined;
import org.tocsin.gateway.intake.Intake;
import org.tocsin.gateway.intake.Received;
import org.tocsin.gateway.web.Problem;
import org.tocsin.gateway.web.Reception;

/** The intake as the web end asks for it. */
record IntakeReception(Intake intake) implements Reception {
    @Override
    public Receipt receive(Principal sender, @Nullable String mediaType, byte[] body, boolean draft) {
        Received received = intake.receive(sender, mediaType, body, draft);
        if (received instanceof Received.Created created) {
            return Receipt.created(created.warning());
        }
        if (received instanceof Received.Known known) {
            return Receipt.known(known.warning());
        }
        if (received instanceof Received.Conflict conflict) {
            return Receipt.refused(409, problems(List.of(conflict.problem())), conflict.warning());
        }
        Received.Refused refused = (Received.Refused) received;
        return Receipt.refused(refused.status(), problems(refused.problems()), null);
    }

    @Override
    public Examination examine(@Nullable String mediaType, byte[] body) {
        Examined examined = intake.examine(mediaType, body);
        if (examined instanceof Examined.Acceptable acceptable) {
            return new Examination(acceptable.posting(), 200, List.of());
        }
        Examined.Refused refused = (Examined.Refused) examined;
        return new Examination(null, refused.status(), problems(refused.problems()));
    }

    private static List<Problem> problems(List<org.tocsin.gateway.validation.Problem> found) {
        return found.stream()
                .map(problem -> new Problem(problem.path(), problem.code(), problem.message()))
                .toList();
    }
}
