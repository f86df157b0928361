package org.tocsin.gateway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Entries as JSON, as exports, packs and the store have them; {@code at} is in milliseconds since 1970. */
public final class EntryJson {
    private EntryJson() {}

    /** An entry's JSON. */
    public static ObjectNode of(LedgerEntry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sequence", entry.sequence())
                .put("at", entry.at().toEpochMilli())
                .put("actor", entry.actor())
                .put("act", entry.act())
                .put("subject", entry.subject())
                .put("contentHash", entry.contentHash())
                .put("previousHash", entry.previousHash())
                .put("hash", entry.hash());
    }

    /** Reads an entry; from what is none comes one whose hash is wrong. */
    public static LedgerEntry read(JsonNode json) {
        return read(json, json.path("sequence").asLong());
    }

    /** Reads an entry that is said to have this number. */
    public static LedgerEntry read(JsonNode json, long sequence) {
        return new LedgerEntry(
                sequence,
                Instant.ofEpochMilli(json.path("at").asLong()),
                json.path("actor").asText(),
                json.path("act").asText(),
                json.path("subject").asText(),
                json.path("contentHash").asText(),
                json.path("previousHash").asText(),
                json.path("hash").asText());
    }
}
