package org.tocsin.gateway.store;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.util.List;

/** Tells a store that is not there, or cannot take writes, from a request that is wrong. */
public final class StoreOutage {
    private static final List<String> UNABLE =
            List.of("LOADING", "MISCONF", "READONLY", "NOREPLICAS", "OOM", "MASTERDOWN", "CLUSTERDOWN", "BUSY");

    private StoreOutage() {}

    /** Whether a failure, or what caused it, means that the store could not be used. */
    public static boolean isOutage(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof RedisCommandExecutionException refused) {
                String message = String.valueOf(refused.getMessage());
                return UNABLE.stream().anyMatch(message::startsWith);
            }
            if (cause instanceof RedisException || cause instanceof Redis.NotReplicated) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
