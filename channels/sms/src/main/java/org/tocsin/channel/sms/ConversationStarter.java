package org.tocsin.channel.sms;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;

/** Sets up one connection; with TLS by the JDK's trusted roots, and the host's name checked. */
final class ConversationStarter extends ChannelInitializer<SocketChannel> {
    private final SmsSettings settings;
    private final Conversation conversation;

    ConversationStarter(SmsSettings settings, Conversation conversation) {
        this.settings = settings;
        this.conversation = conversation;
    }

    @Override
    protected void initChannel(SocketChannel channel) throws SSLException {
        if (settings.tls()) {
            channel.pipeline()
                    .addLast(SslContextBuilder.forClient()
                            .endpointIdentificationAlgorithm("HTTPS")
                            .build()
                            .newHandler(channel.alloc(), settings.host(), settings.port()));
        }
        channel.pipeline().addLast(conversation);
    }
}
