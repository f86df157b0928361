package org.tocsin.gateway.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real redis-server, one for the whole test run, emptied before each test; {@code -Dredis.uri} tries
 * another. A test asks for it by a parameter of type {@link Redis}.
 */
public final class RedisExtension implements BeforeEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(RedisExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        redis(context).connection().sync().flushall();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Redis.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return redis(context);
    }

    private static Redis redis(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .redis;
    }

    private record Running(@org.jspecify.annotations.Nullable EmbeddedRedis server, Redis redis)
            implements AutoCloseable {
        static Running start() {
            String other = System.getProperty("redis.uri");
            if (other != null) {
                return new Running(null, Redis.connect(URI.create(other)));
            }
            try {
                Path data = Files.createTempDirectory("tocsin-redis");
                EmbeddedRedis server = EmbeddedRedis.start(data);
                return new Running(server, Redis.connect(server.uri()));
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public void close() {
            redis.close();
            if (server != null) {
                server.close();
            }
        }
    }
}
