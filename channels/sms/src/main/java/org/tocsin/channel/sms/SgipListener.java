package org.tocsin.channel.sms;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end at which the carrier's gateway connects to bring reports and replies. It takes a few connections, of the
 * addresses that may, and each must log in soon. A port that is taken is tried again. Used by the event loop alone.
 */
final class SgipListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SgipListener.class);
    private static final long AGAIN_SECONDS = 5;

    private final SmsLink link;
    private final SgipAccount account;
    private final SmsSettings settings;
    private final EventLoop loop;
    private final Set<SgipInbound> open = new HashSet<>();
    private @Nullable Channel server;
    private boolean closed;

    SgipListener(SmsLink link, SgipAccount account, SmsSettings settings, EventLoop loop) {
        this.link = link;
        this.account = account;
        this.settings = settings;
        this.loop = loop;
    }

    /** Begins to listen. */
    void start() {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel accepted) {
                        accepted.pipeline().addLast(new SgipInbound(SgipListener.this, link, account, settings));
                    }
                });
        bootstrap
                .bind(account.listenHost(), account.listenPort())
                .addListener((ChannelFuture bound) -> loop.execute(() -> bound(bound)));
    }

    private void bound(ChannelFuture bound) {
        if (bound.isSuccess()) {
            server = bound.channel();
            LOG.info("{}: listens for reports at {}", link.id(), server.localAddress());
            if (closed) {
                close();
            }
            return;
        }
        LOG.warn("{}: cannot listen for reports: {}", link.id(), String.valueOf(bound.cause()));
        if (!closed) {
            ScheduledFuture<?> unused = loop.schedule(this::start, AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Whether another connection may stay. */
    boolean admits(SgipInbound inbound, InetSocketAddress from) {
        boolean known = account.peers().isEmpty()
                || account.peers().contains(from.getAddress().getHostAddress());
        if (closed || !known || open.size() >= account.listenConnections()) {
            LOG.warn("{}: a connection from {} is not taken", link.id(), from.getAddress());
            return false;
        }
        return open.add(inbound);
    }

    void ended(SgipInbound inbound) {
        open.remove(inbound);
    }

    /** Stops listening and cuts what is open. */
    @Override
    public void close() {
        if (!loop.inEventLoop()) {
            link.execute(this::close);
            return;
        }
        closed = true;
        if (server != null) {
            ChannelFuture unused = server.close();
        }
        Set.copyOf(open).forEach(SgipInbound::drop);
    }
}
