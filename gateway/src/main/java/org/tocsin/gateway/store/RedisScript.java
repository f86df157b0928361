package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Lua script of this gateway, called by its hash and sent whole where the server does not know it yet. */
final class RedisScript {
    private final String body;
    private final ScriptOutputType output;

    private RedisScript(String body, ScriptOutputType output) {
        this.body = body;
        this.output = output;
    }

    /** Reads {@code /lua/<name>.lua}. */
    static RedisScript load(String name, ScriptOutputType output) {
        return new RedisScript(read(name), output);
    }

    /** Reads scripts of {@code /lua} as one, each beginning where the one before ends. */
    static RedisScript load(ScriptOutputType output, String... names) {
        return new RedisScript(Stream.of(names).map(RedisScript::read).collect(Collectors.joining("\n")), output);
    }

    private static String read(String name) {
        try (InputStream file = RedisScript.class.getResourceAsStream("/lua/" + name + ".lua")) {
            if (file == null) {
                throw new IllegalStateException("there is no script " + name);
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Calls it by its hash; fails with {@link RedisNoScriptException} where the server does not know it. */
    <T> CompletionStage<T> call(RedisAsyncCommands<String, byte[]> redis, String[] keys, byte[]... arguments) {
        return redis.<T>evalsha(redis.digest(body), output, keys, arguments);
    }

    /** Sends it whole; the server knows it from then on. */
    <T> CompletionStage<T> send(RedisAsyncCommands<String, byte[]> redis, String[] keys, byte[]... arguments) {
        return redis.<T>eval(body, output, keys, arguments);
    }

    /** Calls it, and sends it where the server does not know it; not within a transaction, whose end it would miss. */
    <T> CompletionStage<T> run(RedisAsyncCommands<String, byte[]> redis, String[] keys, byte[]... arguments) {
        return this.<T>call(redis, keys, arguments)
                .handle((answer, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedStage(answer);
                    }
                    Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                            ? wrapped.getCause()
                            : failure;
                    if (cause instanceof RedisNoScriptException) {
                        return this.<T>send(redis, keys, arguments);
                    }
                    return CompletableFuture.<T>failedStage(cause);
                })
                .thenCompose(answer -> answer);
    }
}
