package org.tocsin.gateway.link;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.tocsin.channel.Kept;

/** Brings the first word about a report, from any thread, to its connection's event loop. */
final class MqttKeptOnce implements Kept {
    private final Executor loop;
    private final Consumer<Boolean> then;
    private final AtomicBoolean told = new AtomicBoolean();

    MqttKeptOnce(Executor loop, Consumer<Boolean> then) {
        this.loop = loop;
        this.then = then;
    }

    @Override
    public void settled(boolean durable) {
        if (told.compareAndSet(false, true)) {
            loop.execute(() -> then.accept(durable));
        }
    }
}
