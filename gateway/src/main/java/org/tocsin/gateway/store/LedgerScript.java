package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The text of a Lua script that begins with {@code ledger.lua}. */
final class LedgerScript {
    private final String text;

    private LedgerScript(String text) {
        this.text = text;
    }

    /** The script of this name in {@code /lua}, with its head. */
    static LedgerScript of(String name) {
        return new LedgerScript(read("ledger.lua") + "\n" + read(name));
    }

    String text() {
        return text;
    }

    private static String read(String name) {
        try (InputStream resource = LedgerScript.class.getResourceAsStream("/lua/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("/lua/" + name + " is missing");
            }
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
