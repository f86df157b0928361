package org.tocsin.gateway.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON in and out. */
final class Json {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(32).build());
    }

    private Json() {}

    /** JSON that says more, or more often, than it may. */
    static final class TooMuch extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        TooMuch(Problem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads a request's JSON as strictly as the intake does: each key once, nothing after the value. */
    static JsonNode readStrictly(byte[] json) throws JsonProcessingException, TooMuch {
        try (JsonParser parser = MAPPER.getFactory().createParser(json)) {
            JsonNode read = MAPPER.readTree(parser);
            if (parser.nextToken() != null) {
                throw new TooMuch(new Problem("", "trailing-content", "nothing may follow the JSON object"));
            }
            return read == null ? MissingNode.getInstance() : read;
        } catch (MismatchedInputException twice) {
            String path = twice.getProcessor() instanceof JsonParser parser
                    ? parser.getParsingContext().pathAsPointer().toString()
                    : "";
            throw new TooMuch(new Problem(path, "duplicate-key", "a key may stand once"));
        } catch (JsonProcessingException broken) {
            throw broken;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Reads JSON, which may be anything. */
    static JsonNode read(byte[] json) throws JsonProcessingException {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException broken) {
            throw broken;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
