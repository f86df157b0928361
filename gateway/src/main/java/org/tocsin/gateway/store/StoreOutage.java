package org.tocsin.gateway.store;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.util.List;

/** Tells a store that is not there, or cannot take writes, from a request that is wrong. */
public final class StoreOutage {
    private static final List<String> UNABLE = List.of(
            "LOADING",
            "MISCONF",
            "READONLY",
            "NOREPLICAS",
            "OOM",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "BUSY",
            // A transaction of which one of these words refused a command: nothing of it was done.
            "EXECABORT");

    private StoreOutage() {}

    /** Whether a failure, or what caused it, means that the store could not be used. */
    public static boolean isOutage(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof RedisCommandExecutionException refused) {
                return isUnable(String.valueOf(refused.getMessage()));
            }
            if (cause instanceof RedisException || cause instanceof Redis.NotReplicated) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** A script passes on what a command in it was told: {@code ERR Error running script (…): …: -MISCONF …}. */
    private static boolean isUnable(String message) {
        boolean script = message.startsWith("ERR Error running script");
        return UNABLE.stream().anyMatch(word -> message.startsWith(word) || (script && message.contains(" -" + word)));
    }
}
