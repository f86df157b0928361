package org.tocsin.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Info;
import org.tocsin.alert.Resource;

/** What is written is read as what it was. */
class RoundTripTest {
    @Provide
    Arbitrary<Alert> alerts() {
        return Alerts.any();
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void xmlTellsTheAlert(@ForAll("alerts") Alert alert) {
        assertEquals(alert, Samples.alert(Samples.XML, CapWriter.write(alert)));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void jsonTellsTheAlert(@ForAll("alerts") Alert alert) {
        assertEquals(alert, Samples.alert(Samples.JSON, AlertJson.write(alert).toString()));
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void theSameAlertIsWrittenTheSame(@ForAll("alerts") Alert alert) {
        assertEquals(
                CapWriter.write(alert),
                CapWriter.write(
                        Samples.alert(Samples.JSON, AlertJson.write(alert).toString())));
    }

    @org.junit.jupiter.api.Test
    void whatXmlCannotHoldIsReplaced() {
        Alert alert = Samples.alert(Samples.XML, Samples.small().replace("暴雨", "PLACE"));
        Info info = alert.infos().get(0);
        Alert spoilt = new Alert(
                alert.identifier(),
                alert.sender(),
                alert.sent(),
                alert.status(),
                alert.msgType(),
                "a\u0000b\uD800c\uFFFE😀",
                alert.scope(),
                null,
                alert.addresses(),
                alert.codes(),
                null,
                alert.references(),
                alert.incidents(),
                java.util.List.of(info));
        assertEquals(
                "a\uFFFDb\uFFFDc\uFFFD😀",
                Samples.alert(Samples.XML, CapWriter.write(spoilt)).source());
        assertEquals(
                "a\uFFFDb\uFFFDc\uFFFD😀",
                Samples.alert(Samples.JSON, AlertJson.write(spoilt).toString()).source());
    }

    @org.junit.jupiter.api.Test
    void bulletinsAreWrittenAsCap() {
        Alert alert = Samples.alert(Samples.XML, Samples.text("bulletin-12379.xml"));
        Reading.Sound cap = Samples.sound(Samples.XML, CapWriter.write(alert));
        assertEquals(Dialect.CAP_1_2, cap.dialect());
        Resource resource = cap.alert().infos().get(0).resources().get(0);
        assertEquals("application/octet-stream", resource.mimeType());
        assertEquals(alert.infos().get(0).areas(), cap.alert().infos().get(0).areas());
    }

    @org.junit.jupiter.api.Test
    void utcIsWrittenAsCapWantsIt() {
        Alert alert = Samples.alert(Samples.XML, Samples.small().replace("08:00:00+08:00", "00:00:00+00:00"));
        String cap = CapWriter.write(alert);
        assertTrue(cap.contains("<sent>2026-07-20T00:00:00-00:00</sent>"), cap);
        assertEquals(
                alert,
                Samples.sound(Samples.read(Samples.XML, cap.getBytes(StandardCharsets.UTF_8)))
                        .alert());
    }
}
