package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarriersBooksTest {
    @TempDir
    Path folder;

    @Test
    void countsAnAddressSubmittedTwiceAsOneDouble() throws IOException {
        CarriersBooks books = books("a,1,submit,", "a,1,answer,ok", "a,2,submit,", "a,2,answer,ok", "a,3,submit,");

        assertEquals(1, books.doubles());
    }

    @Test
    void countsASecondSubmitWhileTheFirstIsUnansweredAsDouble() throws IOException {
        assertEquals(1, books("a,1,submit,", "a,2,submit,").doubles());
    }

    @Test
    void doesNotCountARepeatOfARefusedSubmit() throws IOException {
        assertEquals(
                0, books("a,1,submit,", "a,1,answer,00000058", "a,2,submit,").doubles());
    }

    @Test
    void aPlannedAddressThatNoBookShowsIsLost() throws IOException {
        CarriersBooks books = books("a,1,submit,");

        assertEquals(1, books.lost("sms", evidence(Set.of("a", "b"), Set.of(), Set.of())));
    }

    @Test
    void anAddressOfWhichSegmentsAloneWereAnsweredIsLost() throws IOException {
        CarriersBooks books = books("a,2,answer,0x00000058", "a,1,report,DELIVRD", "a,1,reportAnswered,ok");

        assertEquals(1, books.lost("sms", evidence(Set.of("a"), Set.of("a"), Set.of("a"))));
    }

    @Test
    void whomTheCarrierOnlyThrottledIsLostAndWhomItRefusedForGoodIsNot() throws IOException {
        CarriersBooks books = books("a,1,submit,", "a,1,answer,throttled", "b,2,answer,0x0000000B");

        assertEquals(1, books.lost("sms", evidence(Set.of("a", "b"), Set.of(), Set.of())));
    }

    @Test
    void aRefusedSegmentBetweenTwoWholeTextsHidesNoDouble() throws IOException {
        CarriersBooks books =
                books("a,1,submit,", "a,1,answer,ok", "a,2,answer,0x00000058", "a,3,submit,", "a,3,answer,ok");

        assertEquals(1, books.doubles());
    }

    @Test
    void anAnsweredDeliveryThatTheEvidenceLacksIsLost() throws IOException {
        CarriersBooks books = books("a,1,submit,", "a,1,reportAnswered,DELIVRD");

        assertEquals(1, books.lost("sms", evidence(Set.of("a"), Set.of(), Set.of("a"))));
        assertEquals(0, books.lost("sms", evidence(Set.of("a"), Set.of("a"), Set.of("a"))));
    }

    @Test
    void anAnswerWithoutACodeAnswersTheReportOfItsId() throws IOException {
        CarriersBooks books = books(
                "a,1,submit,",
                "a,1,report,DELIVRD",
                "a,1,reportAnswered,ok",
                "b,2,submit,",
                "b,2,report,UNDELIV",
                "b,2,reportAnswered,ok",
                "c,3,submit,",
                "c,3,report,DELIVRD");

        assertEquals(1, books.delivered("sms"));
        assertEquals(3, books.addresses("sms"));
        assertEquals(1, books.lost("sms", evidence(Set.of("a"), Set.of(), Set.of("a", "b"))));
    }

    @Test
    void anAnsweredRefusalThatTheEvidenceLacksIsLost() throws IOException {
        CarriersBooks books = books("a,1,submit,", "a,1,reportAnswered,UNDELIV");

        assertEquals(1, books.lost("sms", evidence(Set.of("a"), Set.of(), Set.of())));
    }

    @Test
    void aReportUnderWayOrUnansweredIsNotLost() throws IOException {
        CarriersBooks books = books("a,1,submit,", "a,1,reportAnswered,started", "a,1,report,finished");

        assertEquals(0, books.lost("sms", evidence(Set.of("a"), Set.of(), Set.of())));
    }

    @Test
    void whatTheGatewayItselfCountsAsUnsentIsAmongTheLostAndCountedApart() throws IOException {
        CarriersBooks books = books("a,1,submit,");
        CarriersBooks.Evidence two = evidence(Set.of("a", "b"), Set.of(), Set.of(), Set.of("b"));
        CarriersBooks.Evidence three = evidence(Set.of("a", "b", "c"), Set.of(), Set.of(), Set.of("a", "b"));

        assertEquals(List.of(1L, 1L), List.of(books.lost("sms", two), books.unsent("sms", two)));
        assertEquals(List.of(2L, 1L), List.of(books.lost("sms", three), books.unsent("sms", three)));
    }

    private CarriersBooks books(String... lines) throws IOException {
        StringBuilder book = new StringBuilder("time,link,address,carrierId,event,code\n");
        for (String line : lines) {
            book.append("2026-07-20T00:00:00Z,l,").append(line).append('\n');
        }
        Files.writeString(folder.resolve("sms-simulated.csv"), book);
        return CarriersBooks.read(folder);
    }

    private static CarriersBooks.Evidence evidence(Set<String> planned, Set<String> delivered, Set<String> reported) {
        return evidence(planned, delivered, reported, Set.of());
    }

    private static CarriersBooks.Evidence evidence(
            Set<String> planned, Set<String> delivered, Set<String> reported, Set<String> unsent) {
        return new CarriersBooks.Evidence() {
            @Override
            public Stream<String> planned() {
                return planned.stream();
            }

            @Override
            public boolean unsent(String address) {
                return unsent.contains(address);
            }

            @Override
            public boolean delivered(String address) {
                return delivered.contains(address);
            }

            @Override
            public boolean finallyReported(String address) {
                return reported.contains(address);
            }
        };
    }
}
