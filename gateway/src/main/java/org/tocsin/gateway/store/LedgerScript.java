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

    CompletionStage<byte[]> run(RedisAsyncCommands<String, byte[]> redis, String[] keys, byte[]... arguments) {
        return script.run(redis, keys, arguments);
    }
}
