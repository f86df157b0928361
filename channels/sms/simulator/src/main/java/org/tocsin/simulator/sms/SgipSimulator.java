package org.tocsin.simulator.sms;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.Map;
import org.tocsin.simulator.SimulatorContext;

/**
 * A gateway of SGIP 1.2, provider {@code simulated-sgip}. It connects to the client's own end to bring reports, at
 * {@code listenPort} (a free one, which the link is told).
 */
public final class SgipSimulator extends OperatorSimulator {
    private static final String NAME = "smg";
    private static final String PASSWORD = "brings";

    private int port;
    private int window;
    private boolean connecting;

    /** Made by the service loader, and by tests. */
    public SgipSimulator() {
        this(InstantSource.system());
    }

    /** With another time of day, for its book and what it writes. */
    public SgipSimulator(InstantSource clock) {
        super("sgip", clock);
    }

    @Override
    Operator.Numbering numbering(SimulatorContext context) {
        return new SgipDesk.Ids();
    }

    @Override
    Desk desk(Operator at, SimulatorContext context, String systemId, String password) {
        return new SgipDesk(at, context.integer("deliverWindow", 1000), systemId, password, false);
    }

    @Override
    void complete(Map<String, String> settings, SimulatorContext context) throws IOException {
        window = context.integer("deliverWindow", 1000);
        port = context.integer("listenPort", 0);
        if (port == 0) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
        }
        settings.put("node", "3037012345");
        settings.put("corpId", "12345");
        settings.put("listenPort", Integer.toString(port));
        settings.put("listenName", NAME);
        settings.put("listenPassword", PASSWORD);
    }

    /** Connects to the client when there is something to bring. */
    @Override
    void ticked(Operator at, MultiThreadIoEventLoopGroup loops) {
        if (connecting || port == 0 || !at.outlets.isEmpty() || !at.hasDue()) {
            return;
        }
        connecting = true;
        SgipDesk desk = new SgipDesk(at, window, NAME, PASSWORD, true);
        ChannelFuture opening = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(desk)
                .connect(InetAddress.getLoopbackAddress(), port);
        opening.addListener(opened -> {
            if (opened.isSuccess()) {
                desk.bind();
                opening.channel().closeFuture().addListener(closed -> connecting = false);
            } else {
                connecting = false;
            }
        });
    }
}
