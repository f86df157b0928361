package org.tocsin.gateway.store;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A connection to one Redis: keys are text, values bytes. Every command has a time-out. While the connection is lost,
 * commands are refused at once rather than queued, and it is made again and again in the background. A command that was
 * under way when the connection went is never repeated by the driver: it fails, and its caller must look whether it was
 * done. May be used by any thread.
 */
public final class Redis implements AutoCloseable {
    /** Fewer replicas than wanted have answered: the write stands on the primary alone and may be lost with it. */
    public static final class NotReplicated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotReplicated(long answered, int wanted) {
            super(answered + " of " + wanted + " replicas have confirmed the write");
        }
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RECONNECT = Duration.ofMillis(200);

    private final ClientResources resources;
    private final RedisClient client;
    private final StatefulRedisConnection<String, byte[]> connection;
    private final int replicas;

    private Redis(
            ClientResources resources,
            RedisClient client,
            StatefulRedisConnection<String, byte[]> connection,
            int replicas) {
        this.resources = resources;
        this.client = client;
        this.connection = connection;
        this.replicas = replicas;
    }

    /**
     * Connects to a Redis without replicas to wait for.
     *
     * @param uri a {@code redis://} or {@code rediss://} address, with the password where there is one
     * @throws io.lettuce.core.RedisConnectionException when it cannot
     */
    public static Redis connect(URI uri) {
        return connect(uri, 0);
    }

    /**
     * Connects.
     *
     * @param uri a {@code redis://} or {@code rediss://} address, with the password where there is one
     * @param replicas how many replicas must confirm a commit, 0 or more
     * @throws io.lettuce.core.RedisConnectionException when it cannot
     */
    public static Redis connect(URI uri, int replicas) {
        RedisURI address = RedisURI.create(uri);
        address.setTimeout(TIMEOUT);
        ClientResources resources = DefaultClientResources.builder()
                .reconnectDelay(Delay.constant(RECONNECT))
                .build();
        RedisClient client = RedisClient.create(resources, address);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(5))
                        .tcpNoDelay(true)
                        .keepAlive(true)
                        .build())
                .timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
                .build());
        try {
            return new Redis(
                    resources,
                    client,
                    client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE)),
                    replicas);
        } catch (RuntimeException failed) {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            var unused = resources.shutdown(0, 2, TimeUnit.SECONDS);
            throw failed;
        }
    }

    /** The shared connection; {@code sync()} blocks its caller, {@code async()} does not. */
    public StatefulRedisConnection<String, byte[]> connection() {
        return connection;
    }

    /** A connection of its own, for a writer that must not wait behind others; its caller closes it. */
    public StatefulRedisConnection<String, byte[]> connectApart() {
        return client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
    }

    /** Whether the shared connection stands now; asks nobody and does not block. */
    public boolean isConnected() {
        return connection.isOpen();
    }

    /** How many replicas must confirm a commit; 0 where none is waited for. */
    public int replicas() {
        return replicas;
    }

    /**
     * Waits until the replicas asked for have all that was written on a connection before.
     *
     * @param written the connection that wrote: {@code WAIT} speaks of its own connection's writes only
     * @param patience how long to wait at most
     * @return complete at once where no replica is asked for; fails with {@link NotReplicated} when too few answer
     */
    public CompletionStage<Void> awaitReplicas(StatefulRedisConnection<String, byte[]> written, Duration patience) {
        if (replicas == 0) {
            return CompletableFuture.completedFuture(null);
        }
        return written.async().waitForReplication(replicas, patience.toMillis()).thenAccept(answered -> {
            if (answered < replicas) {
                throw new NotReplicated(answered, replicas);
            }
        });
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        var unused = resources.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
