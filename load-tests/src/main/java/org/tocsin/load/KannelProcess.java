package org.tocsin.load;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.tocsin.load.figure.Latencies;
import org.tocsin.load.http.BareHttpServer;
import org.tocsin.load.http.HttpLoad;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * Kannel as it would be set up for this: bearerbox and smsbox, a file store, several binds, all delivery reports
 * (dlr-mask 31) posted to a callback. The README says why it is fair.
 */
final class KannelProcess {
    static final int BINDS = 4;
    static final int WINDOW = 64;
    static final int RECIPIENTS_A_REQUEST = 100;

    /**
     * How long the sink waits before it reports: Kannel loses a report that comes before it has kept the id of the
     * answer. The time is taken off what was measured.
     */
    static final int REPORT_DELAY_MILLIS = 500;

    private static final long SILENCE_NANOS = 20_000_000_000L;
    private static final int CONNECTIONS = 8;
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin");

    private final Bench bench;
    private final int sendPort;
    private final BareHttpServer callback;
    private final AtomicLong delivered;

    private KannelProcess(Bench bench, int sendPort, BareHttpServer callback, AtomicLong delivered) {
        this.bench = bench;
        this.sendPort = sendPort;
        this.callback = callback;
        this.delivered = delivered;
    }

    /** Finds one of Kannel's programs. */
    static Optional<Path> program(String name) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it towards a sink and waits until its binds stand; the bench ends it. */
    static KannelProcess start(Bench bench, SmppSimulator sink, Map<String, String> link) throws IOException {
        Path bearerbox =
                program("bearerbox").orElseThrow(() -> new Scenario.NotHere("Kannel is not installed: no bearerbox"));
        Path smsbox = program("smsbox").orElseThrow(() -> new Scenario.NotHere("Kannel is not installed: no smsbox"));
        AtomicLong delivered = new AtomicLong();
        byte[] thanks = new byte[0];
        BareHttpServer callback = bench.keep(BareHttpServer.start((String path, ByteBuf body) -> {
            // %d of the reports: 1 delivered, 8 accepted by the carrier.
            if (path.endsWith("type=1")) {
                delivered.incrementAndGet();
            }
            return thanks;
        }));
        Path folder = bench.folder();
        int admin = freePort();
        int box = freePort();
        int send = freePort();
        Path config = Files.writeString(folder.resolve("kannel.conf"), config(folder, link, admin, box, send));
        launch(bench, bearerbox, folder, config);
        waitForPort(bench, box);
        launch(bench, smsbox, folder, config);
        waitForPort(bench, send);
        bench.await("Kannel's binds", () -> sink.connections() >= BINDS);
        return new KannelProcess(bench, send, callback, delivered);
    }

    private static void launch(Bench bench, Path program, Path folder, Path config) throws IOException {
        bench.start(new ProcessBuilder(program.toString(), "-v", "4", config.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program.getFileName() + ".out").toFile()));
    }

    static String config(Path folder, Map<String, String> link, int admin, int box, int send) {
        StringBuilder config = new StringBuilder(
                """
                group = core
                admin-port = %d
                admin-password = load-tests
                admin-interface = 127.0.0.1
                smsbox-port = %d
                smsbox-interface = 127.0.0.1
                box-allow-ip = 127.0.0.1
                log-level = 4
                store-type = file
                store-location = %s/kannel.store
                dlr-storage = internal

                """
                        .formatted(admin, box, folder));
        for (int bind = 1; bind <= BINDS; bind++) {
            config.append(
                    """
                    group = smsc
                    smsc = smpp
                    smsc-id = sink
                    host = %s
                    port = %s
                    smsc-username = %s
                    smsc-password = %s
                    system-type = ""
                    transceiver-mode = true
                    max-pending-submits = %d

                    """
                            .formatted(
                                    link.getOrDefault("host", ""),
                                    link.getOrDefault("port", ""),
                                    link.getOrDefault("systemId", ""),
                                    link.getOrDefault("password", ""),
                                    WINDOW));
        }
        return config.append(
                        """
                        group = smsbox
                        bearerbox-host = 127.0.0.1
                        sendsms-port = %d
                        sendsms-interface = 127.0.0.1
                        log-level = 4
                        http-request-retry = 0

                        group = sendsms-user
                        username = load
                        password = load-tests
                        default-sender = 106
                        max-messages = 5
                        concatenation = true
                        """
                                .formatted(send))
                .toString();
    }

    /**
     * Sends a text to so many and waits until each delivery was reported to the callback.
     *
     * @return messages a second, from the first request to the last callback
     */
    double send(String text, int recipients) throws IOException {
        long before = delivered.get();
        String rest = "&text=" + URLEncoder.encode(text, StandardCharsets.UTF_8)
                + "&coding=2&charset=UTF-8&dlr-mask=31&dlr-url="
                + URLEncoder.encode(callback.address() + "/dlr?to=%p&type=%d", StandardCharsets.UTF_8);
        int requests = (recipients + RECIPIENTS_A_REQUEST - 1) / RECIPIENTS_A_REQUEST;
        long began = System.nanoTime();
        HttpLoad.Result sent = HttpLoad.run(
                URI.create("http://127.0.0.1:" + sendPort),
                CONNECTIONS,
                requests,
                request -> request(request, recipients, rest),
                new Latencies(),
                Duration.ofMinutes(30));
        if (sent.good() != requests) {
            throw new IOException("Kannel's smsbox answered " + sent.statuses());
        }
        long seen = -1;
        long seenAt = System.nanoTime();
        while (delivered.get() - before < recipients) {
            bench.checkTime("Kannel's delivery reports");
            long now = delivered.get() - before;
            if (now > seen) {
                seen = now;
                seenAt = System.nanoTime();
            } else if (System.nanoTime() - seenAt > SILENCE_NANOS) {
                throw new IOException("Kannel reported " + now + " of " + recipients + " deliveries, and then no more");
            }
            Bench.pause(1);
        }
        return recipients / ((System.nanoTime() - began) / 1e9 - REPORT_DELAY_MILLIS / 1e3);
    }

    private static HttpLoad.Request request(int number, int recipients, String rest) {
        StringBuilder path = new StringBuilder("/cgi-bin/sendsms?username=load&password=load-tests&to=");
        int from = number * RECIPIENTS_A_REQUEST;
        int to = Math.min(recipients, from + RECIPIENTS_A_REQUEST);
        for (int person = from; person < to; person++) {
            path.append(person == from ? "" : "+").append(County.phone(person));
        }
        return new HttpLoad.Request("GET", path.append(rest).toString(), Map.of(), new byte[0]);
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    static void waitForPort(Bench bench, int port) throws IOException {
        bench.await("something to listen at port " + port, () -> {
            try (Socket tried = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return tried.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
    }
}
