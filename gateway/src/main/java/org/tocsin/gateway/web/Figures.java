package org.tocsin.gateway.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/** A coverage object as the console reads it, whole or in part. */
record Figures(JsonNode json) {
    static Figures of(byte @Nullable [] bytes) {
        try {
            return new Figures(bytes == null ? MissingNode.getInstance() : Json.read(bytes));
        } catch (JsonProcessingException broken) {
            return new Figures(MissingNode.getInstance());
        }
    }

    boolean isEmpty() {
        return !json.isObject();
    }

    long number(String name) {
        return json.path(name).asLong();
    }

    /** A share of the residents, as the server has cut it; of what was sealed before it did, that of the heads. */
    double share(String name) {
        if (json.path("percent").has(name)) {
            return json.path("percent").path(name).asDouble() / 100;
        }
        long residents = number("residents");
        return residents == 0 ? 0 : (double) number(name) / residents;
    }
}
