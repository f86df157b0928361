package org.tocsin.simulator.terminals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A command as a terminal reads it.
 *
 * @param issue what it is called in reports; a terminal plays one issue once
 * @param ebmId its emergency broadcast message's id
 * @param warning the warning that the issue belongs to
 * @param identifier the alert's identifier
 * @param references the identifiers of the alerts that this one takes the place of
 * @param replaces whether it takes the place of what went before: a cancel or an update
 * @param playable whether this kind of terminal can play or show it
 */
record Command(
        String issue,
        String ebmId,
        String warning,
        String identifier,
        Set<String> references,
        boolean replaces,
        boolean playable) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a command; null where it is none. */
    static @Nullable Command read(byte[] payload, Predicate<JsonNode> device) {
        try {
            JsonNode json = JSON.readTree(payload);
            if (json == null
                    || json.path("version").asInt() != 1
                    || json.path("issue").asText().isEmpty()) {
                return null;
            }
            Set<String> references = new HashSet<>();
            json.path("references").forEach(reference -> references.add(reference.asText()));
            return new Command(
                    json.path("issue").asText(),
                    json.path("ebmId").asText(),
                    json.path("warning").asText(),
                    json.path("identifier").asText(),
                    Set.copyOf(references),
                    json.path("msgType").asText().equals("cancel") || !references.isEmpty(),
                    device.test(json));
        } catch (IOException malformed) {
            return null;
        }
    }

    /** Whether this command ends the play of another. */
    boolean ends(Command other) {
        return replaces
                && !issue.equals(other.issue)
                && (warning.equals(other.warning) || references.contains(other.identifier));
    }

    /** The payload of a report about this command. */
    byte[] report(String state, String code, String at) {
        try {
            return JSON.writeValueAsBytes(JSON.createObjectNode()
                    .put("version", 1)
                    .put("issue", issue)
                    .put("ebmId", ebmId)
                    .put("state", state)
                    .put("code", code)
                    .put("at", at));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
