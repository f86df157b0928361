package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RedisExtension.class)
class RedisTest {
    @Test
    void keepsTextUnderAKeyAsBytes(Redis redis) {
        byte[] value = "暴雨".getBytes(UTF_8);

        redis.connection().sync().set("hazard", value);

        assertArrayEquals(value, redis.connection().sync().get("hazard"));
    }
}
