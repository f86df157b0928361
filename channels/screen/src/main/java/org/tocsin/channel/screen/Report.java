package org.tocsin.channel.screen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/**
 * What a terminal reports: taken, begun, ended well, ended badly and called off are five different facts.
 *
 * @param issue what was told
 * @param evidence what it proves
 * @param reason why it failed; null unless it did
 * @param code the state as received; of a failure with the terminal's own code behind a colon
 * @param at when, by the terminal's clock; null where it does not say, or not so that it can be read
 */
record Report(String issue, Evidence evidence, @Nullable Reason reason, String code, @Nullable Instant at) {
    private static final int LONGEST_ISSUE = 200;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(4096)
                            .build())
                    .build())
            .build();

    /** Reads a report; null where it is none. */
    static @Nullable Report read(byte[] payload) {
        try {
            JsonNode json = JSON.readTree(payload);
            return json == null || !json.isObject() ? null : read(json);
        } catch (IOException malformed) {
            return null;
        }
    }

    private static @Nullable Report read(JsonNode json) {
        String issue = json.path("issue").asText();
        String state = json.path("state").asText();
        if (json.path("version").asInt() != 1
                || !json.path("issue").isTextual()
                || issue.isEmpty()
                || issue.length() > LONGEST_ISSUE
                || !WORD.matcher(state).matches()) {
            return null;
        }
        Instant at = time(json.path("at").asText());
        return switch (state) {
            case "accepted", "started" -> new Report(issue, Evidence.IN_PROGRESS, null, state, at);
            case "finished" -> new Report(issue, Evidence.DELIVERED, null, state, at);
            case "failed" -> {
                String own = json.path("code").asText();
                String code = WORD.matcher(own).matches() ? state + ":" + own : state;
                yield new Report(issue, Evidence.FAILED, Reason.DEVICE_FAULT, code, at);
            }
            case "cancelled" -> new Report(issue, Evidence.FAILED, Reason.DROPPED, state, at);
            default -> new Report(issue, Evidence.UNKNOWN, null, state, at);
        };
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
