package org.tocsin.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that mean harm get a clear answer, soon, and nothing outside is touched. */
@Timeout(20)
class HostileXmlTest {
    private static void assertRefused(int status, String code, Reading reading) {
        Reading.Faulty faulty = Samples.faulty(reading);
        assertEquals(code, faulty.problems().get(0).code(), faulty::toString);
        assertEquals(status, faulty.status());
        assertEquals(1, faulty.problems().size());
    }

    private static Reading xml(String body) {
        return Samples.read(Samples.XML, body);
    }

    @Test
    void billionLaughsAreRefusedUnexpanded() {
        StringBuilder entities = new StringBuilder("<!ENTITY a0 'ha'>");
        for (int i = 1; i < 40; i++) {
            entities.append("<!ENTITY a" + i + " '&a" + (i - 1) + ";&a" + (i - 1) + ";'>");
        }
        assertRefused(
                400,
                "doctype",
                xml("<!DOCTYPE alert [" + entities + "]>" + Samples.small().replace("暴雨", "&a39;")));
    }

    @Test
    void parameterEntitiesAreRefusedUnexpanded() {
        assertRefused(400, "doctype", xml("<!DOCTYPE alert [<!ENTITY % p '<!ENTITY a \"b\">'>%p;]>" + Samples.small()));
    }

    @Test
    void externalFileIsNeverRead(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "sesame");
        Reading.Faulty faulty = Samples.faulty(xml("<!DOCTYPE alert [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>"
                + Samples.small().replace("暴雨", "&x;")));
        assertEquals("doctype", faulty.problems().get(0).code());
        assertTrue(!faulty.toString().contains("sesame"), faulty::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE alert SYSTEM '%s'>",
                "<!DOCTYPE alert PUBLIC 'x' '%s'>",
                "<!DOCTYPE alert [<!ENTITY x SYSTEM '%s'>]>",
                "<!DOCTYPE alert [<!ENTITY %% x SYSTEM '%s'> %%x;]>"
            })
    void externalAddressIsNeverCalled(String doctype) throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/x.dtd";
            assertRefused(
                    400,
                    "doctype",
                    xml(String.format(doctype, address) + Samples.small().replace("暴雨", "&x;")));
            assertEquals(0, calls.get());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void schemaLocationIsTakenAndNeverCalled() {
        String hinted = Samples.small()
                .replaceFirst(
                        "<alert ",
                        "<alert xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                                + " xsi:schemaLocation='urn:oasis:names:tc:emergency:cap:1.2 http://127.0.0.1:9/x' ");
        Samples.sound(xml(hinted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"&nbsp;", "&x;"})
    void entitiesThatXmlDoesNotKnowAreRefused(String entity) {
        Reading.Faulty faulty = Samples.faulty(xml(Samples.small().replace("暴雨", entity)));
        assertEquals(400, faulty.status());
        assertTrue(faulty.problems().get(0).code().matches("entity|not-well-formed"), faulty::toString);
    }

    @Test
    void deepNestingIsALimitThatWasPassed() {
        assertRefused(422, "too-deep", xml("<alert>".repeat(100_000) + "</alert>".repeat(100_000)));
        assertRefused(400, "not-well-formed", xml("<a>".repeat(100_000)));
        assertRefused(400, "not-well-formed", xml("<a>".repeat(100) + "</b>"));
        assertRefused(422, "too-deep", xml(Samples.small().replace("暴雨", "<b>".repeat(40) + "</b>".repeat(40))));
    }

    @Test
    void millionsOfElementsAreALimitThatWasPassed() {
        assertRefused(
                422, "too-many-elements", xml(Samples.small().replace("<scope>", "<x/>".repeat(900_000) + "<scope>")));
    }

    @Test
    void hugeAttributesAndNamesAreRefused() {
        String huge = "x".repeat(3_000_000);
        assertEquals(
                400,
                Samples.faulty(xml(Samples.small().replace("<info>", "<info a='" + huge + "'>")))
                        .status());
        assertEquals(400, Samples.faulty(xml("<" + huge + "/>")).status());
        StringBuilder many = new StringBuilder("<info ");
        for (int i = 0; i < 50_000; i++) {
            many.append("a" + i + "='' ");
        }
        assertEquals(
                400,
                Samples.faulty(xml(Samples.small().replace("<info>", many + ">")))
                        .status());
    }

    @Test
    void aLongTextIsShownShort() {
        Reading.Faulty faulty =
                Samples.faulty(xml(Samples.small().replace(">Actual<", ">" + "A".repeat(1_000_000) + "<")));
        assertTrue(faulty.problems().get(0).message().length() < 300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "<",
                "<alert",
                "<alert>",
                "<alert></info>",
                "{}",
                "<alert/><alert/>",
                "<a:alert/>",
                "<alert a='1' a='2'/>",
                "<alert>&#0;</alert>",
                "<alert>&#x1F;</alert>",
                "<alert>&#xD800;</alert>",
                "<alert>\u0001</alert>",
                "<alert>\u0000</alert>",
                "<alert>\uFFFF</alert>",
                "<alert>]]></alert>",
                "<!-- a -- b --><alert/>",
                " <?xml version='1.0'?><alert/>"
            })
    void whatIsNotWellFormedIsRefused(String body) {
        assertRefused(400, "not-well-formed", xml(body));
    }

    @Test
    void xml11IsRefused() {
        assertRefused(400, "xml-version", xml("<?xml version='1.1'?>" + Samples.small()));
    }

    @ParameterizedTest
    @CsvSource({
        "urn:oasis:names:tc:emergency:cap:1.3, unknown-namespace",
        "http://www.incident.com/cap/1.0, unknown-namespace",
        "URN:OASIS:names:tc:emergency:cap:1.2, unknown-namespace",
        "'', unknown-namespace"
    })
    void otherNamespacesAreRefused(String namespace, String code) {
        assertRefused(400, code, xml(Samples.small().replace("urn:oasis:names:tc:emergency:cap:1.2", namespace)));
    }

    @Test
    void anotherRootIsRefused() {
        assertRefused(400, "root-element", xml("<html xmlns='urn:oasis:names:tc:emergency:cap:1.2'/>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-7", "IBM037", "../../etc/passwd", "x-unheard-of", "UTF-32"})
    void encodingsOutsideTheListAreRefused(String encoding) {
        assertRefused(400, "encoding", xml("<?xml version='1.0' encoding='" + encoding + "'?>" + Samples.small()));
    }

    @Test
    void bytesThatAreNotTheEncodingsAreRefused() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(Samples.small().getBytes(StandardCharsets.UTF_8));
        body.write(0xFF);
        assertRefused(400, "encoding", Samples.read(Samples.XML, body.toByteArray()));
        assertRefused(400, "encoding", Samples.read(Samples.XML, Samples.small().getBytes(Charset.forName("GBK"))));
        byte[] overlong = Samples.small().replace("a-1", "@@").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < overlong.length; i++) {
            if (overlong[i] == '@') {
                overlong[i] = (byte) 0xC0;
                overlong[i + 1] = (byte) 0xBC;
                break;
            }
        }
        assertRefused(400, "encoding", Samples.read(Samples.XML, overlong));
    }

    @ParameterizedTest
    @CsvSource({
        "text/html",
        "application/octet-stream",
        "application/soap+xml",
        "application/xmlx",
        "application",
        "''",
        "multipart/form-data; boundary=x"
    })
    void otherMediaTypesAreRefused(String mediaType) {
        assertRefused(415, "media-type", Samples.read(mediaType, Samples.small()));
    }

    @Test
    void aMissingMediaTypeIsRefused() {
        assertRefused(
                415,
                "media-type",
                new AlertReader(org.tocsin.gateway.validation.EventTypes.standard()).read(null, new byte[0]));
    }
}
