package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Outcome;
import org.tocsin.simulator.sms.CmppSimulator;

/** TLS from the first octet on, with a carrier's certificate that is trusted by file alone. */
class SecureLinkTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeCertificate() throws Exception {
        keytool("-genkeypair -alias carrier -keyalg EC -dname CN=localhost -ext san=ip:127.0.0.1 -validity 2 -storepass"
                + " changeit -keystore " + folder.resolve("carrier.p12"));
        keytool("-exportcert -rfc -alias carrier -storepass changeit -keystore " + folder.resolve("carrier.p12")
                + " -file " + folder.resolve("carrier.pem"));
    }

    private static void keytool(String arguments) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        ProcessBuilder command = new ProcessBuilder((tool + " " + arguments).split(" "));
        Process process = command.redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> folder.resolve("keytool.txt").toString());
    }

    private static CmppSimulator carrier() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("carrier.p12"))) {
            store.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        CmppSimulator simulator = new CmppSimulator();
        simulator.secure(SslContextBuilder.forServer(keys).build());
        return simulator;
    }

    @Test
    void aTrustedCarrierIsSpokenToByTls() throws Exception {
        Map<String, String> link =
                Map.of("tls", "true", "tlsTrust", folder.resolve("carrier.pem").toString());
        try (OpenOperator open = new OpenOperator(carrier(), "cmpp", link, Map.of(), Map.of(), null).awaitUp()) {
            List<Outcome> outcomes = open.send("暴雨", OpenLink.numbers(3));

            outcomes.forEach(outcome -> assertInstanceOf(Outcome.Accepted.class, outcome));
            Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> open.simulator.reportsAnswered() == 3);
        }
    }

    @Test
    void aCarrierWhoseCertificateNobodyTrustsGetsNoLogin() throws Exception {
        Map<String, String> link = Map.of("tls", "true");
        try (OpenOperator open = new OpenOperator(carrier(), "cmpp", link, Map.of(), Map.of(), null)) {
            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> open.link.state() != LinkState.UP);
            assertNotEquals(LinkState.UP, open.link.state());
        }
    }
}
