package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * The least that a client with this codec must do: encodes and writes while there is room, reads answers, decodes each
 * report and answers it. It keeps no window by number, no batch, no outcome.
 */
final class BareSession {
    private static final int RESPONSE = 0x80000000;
    private static final int PATIENCE_SECONDS = 60;
    private static final int BUFFER = 1 << 16;

    /**
     * A protocol's PDUs.
     *
     * @param header a header's octets
     * @param sequenceAt where the sequence is in it
     * @param submit the command of a submit
     * @param deliver the command of a report
     * @param repeated how many octets of the body an answer to a report begins with
     * @param zeros and how many zeros follow
     */
    record Shape(String protocol, int header, int sequenceAt, int submit, int deliver, int repeated, int zeros) {}

    /** Decodes a report whose body is between these places. */
    interface Decoder {
        Object decode(ByteBuf in, int body, int end) throws MalformedPdu;
    }

    private final Shape shape;
    private final Decoder decoder;
    private final Map<String, String> settings;
    private final byte[] login;
    private final Semaphore room = new Semaphore(0);
    private final Semaphore reported = new Semaphore(0);
    private final AtomicLong reports = new AtomicLong();

    BareSession(Shape shape, Decoder decoder, Map<String, String> settings, byte[] login) {
        this.shape = shape;
        this.decoder = decoder;
        this.settings = settings;
        this.login = login;
    }

    private int number(String name) {
        return Integer.parseInt(settings.getOrDefault(name, "0"));
    }

    /** Persons a second, from the first submit to the last report. */
    double send(IntFunction<byte[]> batches, int count, int batch, int window)
            throws IOException, InterruptedException {
        long wanted = (long) count * batch;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), number("port"));
                ServerSocket end = shape.protocol().equals("sgip")
                        ? new ServerSocket(number("listenPort"), 1, InetAddress.getLoopbackAddress())
                        : new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            out.write(login);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.skipNBytes(in.readInt() - 4L);
            reading(socket, wanted);
            if (shape.protocol().equals("sgip")) {
                accepting(end, wanted);
            }
            room.release(window);
            long began = System.nanoTime();
            for (int at = 0; at < count; at++) {
                byte[] octets = batches.apply(at);
                await(room, batch);
                synchronized (socket) {
                    out.write(octets);
                }
            }
            await(reported, 1);
            return wanted / ((System.nanoTime() - began) / 1e9);
        }
    }

    private static void await(Semaphore what, int count) throws IOException, InterruptedException {
        if (!what.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the carrier says nothing any more");
        }
    }

    private void accepting(ServerSocket end, long wanted) {
        start(() -> {
            Socket brought = end.accept();
            brought.setTcpNoDelay(true);
            read(brought, wanted);
        });
    }

    private void reading(Socket socket, long wanted) {
        start(() -> read(socket, wanted));
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static void start(Reading reading) {
        Thread thread = new Thread(
                () -> {
                    try {
                        reading.run();
                    } catch (IOException over) {
                        // The run is over, or waits in vain and says so.
                        Thread.currentThread().interrupt();
                    }
                },
                "bare");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(Socket socket, long wanted) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(2 * BUFFER);
        ByteBuf whole = Unpooled.wrappedBuffer(in.array());
        ByteBuffer answers = ByteBuffer.allocate(2 * BUFFER);
        while (true) {
            int came = socket.getInputStream().read(in.array(), in.position(), Math.min(BUFFER, in.remaining()));
            if (came < 0) {
                return;
            }
            in.position(in.position() + came);
            in.flip();
            int answered = 0;
            int reportsNow = 0;
            while (in.remaining() >= 4 && in.remaining() >= in.getInt(in.position())) {
                int at = in.position();
                int command = in.getInt(at + 4);
                if (command == (shape.submit() | RESPONSE)) {
                    answered++;
                } else if (command == shape.deliver()) {
                    reportsNow++;
                    try {
                        Object unused = decoder.decode(whole, at + shape.header(), at + in.getInt(at));
                    } catch (MalformedPdu wrong) {
                        throw new IOException(wrong);
                    }
                    answer(in, at, shape.repeated(), shape.zeros(), answers);
                } else if (command == 1) {
                    answer(in, at, 0, 9, answers);
                }
                in.position(at + in.getInt(at));
            }
            in.compact();
            if (answered > 0) {
                room.release(answered);
            }
            if (answers.position() > 0) {
                synchronized (socket) {
                    socket.getOutputStream().write(answers.array(), 0, answers.position());
                }
                answers.clear();
            }
            if (reportsNow > 0 && reports.addAndGet(reportsNow) == wanted) {
                reported.release();
            }
        }
    }

    private void answer(ByteBuffer in, int at, int repeated, int zeros, ByteBuffer answers) {
        answers.putInt(shape.header() + repeated + zeros);
        answers.putInt(in.getInt(at + 4) | RESPONSE);
        answers.put(in.slice(at + 8, shape.header() - 8 + repeated));
        for (int i = 0; i < zeros; i++) {
            answers.put((byte) 0);
        }
    }
}
