package org.tocsin.simulator.wechat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.simulator.Book;
import org.tocsin.simulator.http.CallbackPoster;

/** The event TEMPLATESENDJOBFINISH of one message. */
final class JobFinished implements CallbackPoster.Callback {
    private final Book book;
    private final String link;
    private final String token;
    private final String path;
    private final String openid;
    private final long msgId;
    private final String status;
    private final AtomicBoolean told = new AtomicBoolean();

    JobFinished(Book book, String link, String token, String path, String openid, long msgId, String status) {
        this.book = book;
        this.link = link;
        this.token = token;
        this.path = path;
        this.openid = openid;
        this.msgId = msgId;
        this.status = status;
    }

    @Override
    public HttpRequest.Builder request(URI gateway) {
        Instant now = Instant.now();
        if (told.compareAndSet(false, true)) {
            book.write(now, link, openid, Long.toString(msgId), Book.Event.REPORT, status);
        }
        String timestamp = Long.toString(now.getEpochSecond());
        String nonce = Long.toString((msgId * 2_654_435_761L) & 0x7FFF_FFFF);
        String signature = sha1(Stream.of(token, timestamp, nonce).sorted().collect(Collectors.joining()));
        String xml = "<xml><ToUserName><![CDATA[gh_simulated]]></ToUserName><FromUserName><![CDATA[" + openid
                + "]]></FromUserName><CreateTime>" + timestamp + "</CreateTime><MsgType><![CDATA[event]]></MsgType>"
                + "<Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>" + msgId + "</MsgID><Status><![CDATA["
                + status + "]]></Status></xml>";
        return HttpRequest.newBuilder(gateway.resolve(
                        path + "?signature=" + signature + "&timestamp=" + timestamp + "&nonce=" + nonce))
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString(xml));
    }

    @Override
    public boolean takenBy(int httpStatus, String body) {
        return httpStatus == 200 && (body.isEmpty() || body.equals("success"));
    }

    @Override
    public void taken() {
        book.write(Instant.now(), link, openid, Long.toString(msgId), Book.Event.REPORT_ANSWERED, status);
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
