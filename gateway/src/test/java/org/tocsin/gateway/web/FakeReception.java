package org.tocsin.gateway.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Posting;
import org.tocsin.gateway.approval.Sample;
import org.tocsin.gateway.approval.SignOff;

/** A way in that reads a few words of JSON: identifier, event, level, headline, status, cancels, updates. */
final class FakeReception implements Reception {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SignOff signOff;

    FakeReception(SignOff signOff) {
        this.signOff = signOff;
    }

    @Override
    public Receipt receive(Principal sender, @Nullable String mediaType, byte[] body, boolean draft) {
        Examination read = examine(mediaType, body);
        if (read.posting() == null) {
            return Receipt.refused(read.status(), read.problems(), null);
        }
        Optional<Decision> known = signOff.known(read.posting());
        Decision decision = known.orElseGet(() -> signOff.post(sender, Objects.requireNonNull(read.posting()), draft));
        if (decision instanceof Decision.Done done) {
            return Receipt.created(done.warning());
        }
        if (decision instanceof Decision.Known there) {
            return Receipt.known(there.warning());
        }
        Decision.Denied denied = (Decision.Denied) decision;
        return Receipt.refused(
                Statuses.of(denied.why()), List.of(new Problem("", denied.code(), denied.message())), denied.current());
    }

    @Override
    public Examination examine(@Nullable String mediaType, byte[] body) {
        if (mediaType == null || !mediaType.startsWith("application/json")) {
            return refused(415, "media-type");
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(body);
        } catch (IOException broken) {
            return refused(400, "json");
        }
        String identifier = json.path("identifier").asText();
        if (identifier.isEmpty()) {
            return refused(400, "identifier");
        }
        if (identifier.equals("unprocessable")) {
            return refused(422, "area");
        }
        Sample sample = json.has("cancels")
                ? Sample.following(
                        MsgType.CANCEL, identifier, json.path("cancels").asText())
                : Sample.alert(identifier);
        if (json.has("updates")) {
            sample = Sample.following(
                    MsgType.UPDATE, identifier, json.path("updates").asText());
        }
        Posting plain = sample.event(json.path("event").asText("11B03"))
                .level(Level.valueOf(json.path("level").asText("I")))
                .headline(json.path("headline").asText("暴雨红色预警"))
                .posting(Status.of(json.path("status").asText("Actual")).orElseThrow());
        return new Examination(
                new Posting(plain.alert(), body, mediaType, false, "residents", Set.of("sms"), null), 200, List.of());
    }

    private static Examination refused(int status, String code) {
        return new Examination(null, status, List.of(new Problem("/" + code, code, "it is wrong")));
    }
}
