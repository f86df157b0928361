package org.tocsin.channel.sms;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import javax.net.ssl.SSLException;

/**
 * Sets up one connection; with TLS by the JDK's trusted roots or the certificates of {@code tlsTrust}, and the host's
 * name checked.
 */
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
            SslContextBuilder context = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
            if (!settings.trust().isEmpty()) {
                context.trustManager(new File(settings.trust()));
            }
            channel.pipeline().addLast(context.build().newHandler(channel.alloc(), settings.host(), settings.port()));
        }
        channel.pipeline().addLast(conversation);
    }
}
