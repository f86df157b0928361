package org.tocsin.gateway.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.approval.Details;

/** What comes with an act: an empty body, or JSON with version and reason. */
final class ActRequest {
    private ActRequest() {}

    /** What was read, or the answer to who sent something else. */
    record Read(@Nullable Details details, @Nullable Answer refusal) {}

    static Read of(Call call) {
        if (call.body().length == 0) {
            return new Read(Details.NONE, null);
        }
        String type = call.mediaType() == null ? "" : call.mediaType().toLowerCase(Locale.ROOT);
        if (!type.split(";", 2)[0].strip().equals(Answer.JSON)) {
            return new Read(null, Answer.problem(415, "media-type", "the body of an act is application/json"));
        }
        try {
            return checked(Json.readStrictly(call.body()));
        } catch (Json.TooMuch more) {
            return new Read(null, Answer.problem(400, List.of(more.problem()), null));
        } catch (JsonProcessingException broken) {
            return new Read(null, Answer.problem(400, "json", "the body is not JSON"));
        }
    }

    private static Read checked(JsonNode json) {
        if (!json.isObject()) {
            return new Read(null, Answer.problem(400, "json", "the body must be a JSON object"));
        }
        List<Problem> problems = new ArrayList<>();
        JsonNode version = json.path("version");
        if (!version.isMissingNode() && !(version.isIntegralNumber() && version.canConvertToLong())) {
            problems.add(new Problem("/version", "version.form", "version must be a whole number"));
        }
        JsonNode reason = json.path("reason");
        if (!reason.isMissingNode() && !reason.isTextual()) {
            problems.add(new Problem("/reason", "reason.form", "reason must be text"));
        }
        if (!problems.isEmpty()) {
            return new Read(null, Answer.problem(400, problems, null));
        }
        Long seen = version.isMissingNode() ? null : version.longValue();
        return new Read(new Details(seen, reason.isMissingNode() ? null : reason.textValue()), null);
    }
}
