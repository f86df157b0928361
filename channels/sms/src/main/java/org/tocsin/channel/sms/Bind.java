package org.tocsin.channel.sms;

import io.netty.bootstrap.Bootstrap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.ChannelContext;

/**
 * One of a link's binds: connects, and again after each loss: some dozen times after {@code reconnectMillis}, then
 * after four times as much, by chance between half of that and all. Used by the event loop alone.
 */
final class Bind {
    private static final Logger LOG = LoggerFactory.getLogger(Bind.class);
    /** A carrier that is back must not be waited for long: somebody's warning waits. */
    private static final int QUICK_TRIES = 60;

    private static final int SLOW_FACTOR = 4;

    private static final int REFUSED_FACTOR = 60;

    private final SmsLink link;
    private final ChannelContext context;
    private final Protocol protocol;
    private final SmsSettings settings;
    private final Bootstrap bootstrap;
    private @Nullable Conversation conversation;
    private int failures;
    private boolean refused;

    Bind(SmsLink link, ChannelContext context, Protocol protocol, Bootstrap bootstrap) {
        this.link = link;
        this.context = context;
        this.protocol = protocol;
        this.settings = protocol.settings();
        this.bootstrap = bootstrap;
    }

    /** Connects, unless the link is closing. */
    void connect() {
        if (link.isClosing()) {
            return;
        }
        Conversation starting = protocol.conversation(link, this);
        conversation = starting;
        bootstrap
                .clone()
                .handler(new ConversationStarter(settings, starting))
                .connect(settings.host(), settings.port())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        // The first, second, fourth … time, so that a long outage does not fill the log.
                        if (Integer.bitCount(failures) <= 1) {
                            LOG.info("{}: cannot connect: {}", link.id(), String.valueOf(connected.cause()));
                        }
                        ended();
                    }
                });
    }

    @Nullable
    Conversation conversation() {
        return conversation;
    }

    boolean isRefused() {
        return refused;
    }

    void succeeded() {
        failures = 0;
        refused = false;
        LOG.info("{}: logged in by {} to {}", link.id(), protocol.name(), settings);
    }

    void refused(String code, boolean account) {
        refused = account;
        LOG.warn("{}: {} refuses the login: {}", link.id(), settings, code);
        link.updateState();
    }

    /** The connection is over, or never was. */
    void ended() {
        if (conversation == null || link.isClosing()) {
            conversation = null;
            link.updateState();
            return;
        }
        conversation = null;
        link.updateState();
        long wait = settings.reconnectMillis() * (failures++ < QUICK_TRIES ? 1 : SLOW_FACTOR);
        if (refused) {
            wait = settings.reconnectMillis() * REFUSED_FACTOR;
        }
        long jittered = wait / 2 + context.random().nextLong(wait / 2 + 1);
        try {
            ScheduledFuture<?> unused =
                    context.timer().schedule(() -> link.execute(this::connect), jittered, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            LOG.info("{}: the timer has stopped, so the link stays down", link.id());
        }
    }
}
