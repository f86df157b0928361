package org.tocsin.gateway.store;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A connection to one Redis: keys are text, values bytes. Every command has a time-out. While the connection is lost,
 * commands are refused at once rather than queued, and it is made again and again in the background. A command that was
 * under way when the connection went is never repeated by the driver: it fails, and its caller must look whether it was
 * done. May be used by any thread.
 */
public final class Redis implements AutoCloseable {
    /**
     * Too few replicas have confirmed a write, or nobody knows whether they have: it stands on the primary, and a
     * failover may lose it. It must not be answered as done; doing it again is safe.
     */
    public static final class NotReplicated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotReplicated(long answered, int wanted) {
            this(answered + " of " + wanted + " replicas have confirmed the write");
        }

        NotReplicated(String why) {
            super(why);
        }
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RECONNECT = Duration.ofMillis(200);

    private final ClientResources resources;
    private final RedisClient client;
    private final boolean bySentinel;
    private final boolean password;
    private final int replicas;
    private final Commits.Doubt doubt;
    private final List<StatefulRedisConnection<String, byte[]>> open = new CopyOnWriteArrayList<>();
    private final StatefulRedisConnection<String, byte[]> connection;
    private final Commits commits;

    private Redis(ClientResources resources, RedisClient client, boolean bySentinel, boolean password, int replicas) {
        this.resources = resources;
        this.client = client;
        this.bySentinel = bySentinel;
        this.password = password;
        this.replicas = replicas;
        this.doubt = new Commits.Doubt(replicas);
        this.connection = connectApart();
        this.commits = replicas == 0 ? new Commits(connection, doubt) : commitsApart();
    }

    /**
     * Connects to a Redis without replicas to wait for.
     *
     * @param uri as for {@link #connect(URI, int)}
     * @throws io.lettuce.core.RedisConnectionException when it cannot
     */
    public static Redis connect(URI uri) {
        return connect(uri, 0);
    }

    /**
     * Connects.
     *
     * @param uri a {@code redis://} or {@code rediss://} address, with the password where there is one; or
     *     {@code redis-sentinel://[:password@]host:port,host:port/0#name}, by which the primary is looked up at each
     *     connection
     * @param replicas how many replicas must confirm a commit, 0 or more
     * @throws io.lettuce.core.RedisConnectionException when it cannot
     */
    public static Redis connect(URI uri, int replicas) {
        RedisURI address = RedisURI.create(uri.toString());
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
                    !address.getSentinels().isEmpty(),
                    String.valueOf(uri.getRawAuthority()).contains("@"),
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

    /** A connection of its own, for a writer that must not wait behind others; its caller may close it before this. */
    public StatefulRedisConnection<String, byte[]> connectApart() {
        StatefulRedisConnection<String, byte[]> apart =
                client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        open.add(apart);
        return apart;
    }

    /** Whether the shared connection stands now; asks nobody and does not block. */
    public boolean isConnected() {
        return connection.isOpen();
    }

    /** How many replicas must confirm a commit; 0 where none is waited for. */
    public int replicas() {
        return replicas;
    }

    /** Whether there is a write of which nobody knows whether it will last: what is read now may be lost again. */
    public boolean isInDoubt() {
        return doubt.isRaised();
    }

    /**
     * Completes once all that was written before, by whomever, is on as many replicas as were asked for; at once where
     * none is. What was read before it completes will last.
     *
     * @return fails with {@link NotReplicated} when too few answer
     */
    public CompletionStage<Void> barrier() {
        return commits.barrier();
    }

    /** Blocks for {@link #barrier}. */
    void awaitBarrier() {
        Waiting.plainly(barrier());
    }

    /** Writes what must last; see {@link Commits#commit}. */
    <T> CompletionStage<T> commit(Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> write) {
        return commits.commit(write);
    }

    /**
     * Blocks for {@link #commit}.
     *
     * @throws io.lettuce.core.RedisException when the store fails
     * @throws NotReplicated when too few replicas have confirmed it
     */
    <T> T commitNow(Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> write) {
        return Waiting.plainly(commit(write));
    }

    /** Commits over a connection of their own, which their caller closes. */
    Commits commitsApart() {
        return new Commits(connectApart(), doubt);
    }

    /** Whether the address carries a password. */
    boolean hasPassword() {
        return password;
    }

    /** Where sentinels tell the primary: makes every connection anew, since theirs has become a replica. */
    void reconnectBySentinel() {
        if (!bySentinel) {
            return;
        }
        open.removeIf(one -> !one.isOpen());
        for (StatefulRedisConnection<String, byte[]> one : open) {
            var unused = one.async().quit();
        }
    }

    @Override
    public void close() {
        connection.close();
        if (replicas > 0) {
            commits.close();
        }
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        var unused = resources.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
