package org.tocsin.gateway.intake;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.tocsin.alert.Alert;
import org.tocsin.gateway.validation.EventTypes;
import org.tocsin.gateway.validation.Problem;

/** Messages for tests. */
final class Samples {
    static final String XML = "application/cap+xml";
    static final String JSON = "application/json";

    private static final AlertReader READER = new AlertReader(EventTypes.standard());

    private Samples() {}

    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reading read(String mediaType, String body) {
        return READER.read(mediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    static Reading read(String mediaType, byte[] body) {
        return READER.read(mediaType, body);
    }

    static Reading.Sound sound(String mediaType, String body) {
        return sound(read(mediaType, body));
    }

    static Reading.Sound sound(Reading reading) {
        return reading instanceof Reading.Sound sound ? sound : fail("was " + reading);
    }

    static Alert alert(String mediaType, String body) {
        return sound(mediaType, body).alert();
    }

    static Reading.Faulty faulty(String mediaType, String body) {
        return faulty(read(mediaType, body));
    }

    static Reading.Faulty faulty(Reading reading) {
        return reading instanceof Reading.Faulty faulty ? faulty : fail("was " + reading);
    }

    /** The codes and paths of all problems, each as {@code code path}. */
    static List<String> told(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.code() + " " + problem.path())
                .toList();
    }

    /** A small alert of CAP 1.2 that is right. */
    static String small() {
        return """
                <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
                <identifier>a-1</identifier>
                <sender>s@example.cn</sender>
                <sent>2026-07-20T08:00:00+08:00</sent>
                <status>Actual</status>
                <msgType>Alert</msgType>
                <scope>Public</scope>
                <info>
                <category>Met</category>
                <event>暴雨</event>
                <urgency>Immediate</urgency>
                <severity>Extreme</severity>
                <certainty>Observed</certainty>
                <eventCode><valueName>EventCode</valueName><value>11B03</value></eventCode>
                <expires>2026-07-20T20:00:00+08:00</expires>
                <resource><resourceDesc>picture</resourceDesc><mimeType>image/png</mimeType></resource>
                <area>
                <areaDesc>夏邑县</areaDesc>
                <polygon>34,115 34,116 35,116 34,115</polygon>
                <circle>34,116 5</circle>
                <geocode><valueName>CPEAS Geographic Code</valueName><value>411426000000</value></geocode>
                </area>
                </info>
                </alert>
                """;
    }

    /** The small alert as JSON. */
    static String smallJson() {
        return AlertJson.write(alert(XML, small())).toString();
    }
}
