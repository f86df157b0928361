package org.tocsin.gateway.store;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.concurrent.CompletionStage;

/** A Lua script that begins with {@code ledger.lua}; it answers a word. */
final class LedgerScript {
    private final RedisScript script;

    private LedgerScript(RedisScript script) {
        this.script = script;
    }

    /** The script of this name in {@code /lua}, with its head. */
    static LedgerScript of(String name) {
        return new LedgerScript(RedisScript.load(ScriptOutputType.VALUE, "ledger", name));
    }

    /**
     * Runs it within a transaction.
     *
     * @param whole whether to send its text, where the server does not know its hash; else it fails with
     *     {@link io.lettuce.core.RedisNoScriptException} there
     */
    CompletionStage<byte[]> run(
            RedisAsyncCommands<String, byte[]> redis, boolean whole, String[] keys, byte[]... arguments) {
        return whole ? script.send(redis, keys, arguments) : script.call(redis, keys, arguments);
    }
}
