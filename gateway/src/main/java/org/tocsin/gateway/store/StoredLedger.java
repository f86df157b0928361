package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.lettuce.core.StreamMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.tocsin.gateway.ledger.CanonicalJson;
import org.tocsin.gateway.ledger.EntryJson;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.LedgerHead;

/** How the ledger is written in Redis: its head as {@code <sequence> <hash>}, its entries as JSON. */
final class StoredLedger {
    /** The field of a stream's message that holds the entry. */
    static final String FIELD = "entry";

    private StoredLedger() {}

    static byte[] encode(LedgerHead head) {
        String text = head.sequence() == 0 ? "" : head.sequence() + " " + head.hash();
        return text.getBytes(UTF_8);
    }

    /** Reads a head; the empty text is that of an empty ledger. */
    static LedgerHead head(String text) {
        int space = text.indexOf(' ');
        return space < 0
                ? LedgerHead.EMPTY
                : new LedgerHead(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
    }

    static byte[] encode(LedgerEntry entry) {
        return CanonicalJson.bytes(EntryJson.of(entry));
    }

    /** Reads an entry as it is kept, whatever was done to it: what is no entry becomes one whose hash is wrong. */
    static LedgerEntry entry(StreamMessage<String, byte[]> message) {
        long place = Long.parseLong(message.getId().substring(0, message.getId().indexOf('-')));
        byte[] body = message.getBody().get(FIELD);
        try {
            JsonNode json = body == null ? StoredJson.MAPPER.createObjectNode() : StoredJson.MAPPER.readTree(body);
            LedgerEntry asItSays = EntryJson.read(json, json.path("sequence").asLong(place));
            return asItSays.isTrue() ? asItSays : EntryJson.read(json, place);
        } catch (JsonProcessingException broken) {
            return new LedgerEntry(place, Instant.EPOCH, "", "", "", "", "", "");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
