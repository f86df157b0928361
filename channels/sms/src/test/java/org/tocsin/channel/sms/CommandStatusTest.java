package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

class CommandStatusTest {
    @ParameterizedTest
    @CsvSource({
        "0x00000001,TOO_LONG", "0x0000000A,UNAUTHORISED", "0x0000000B,INVALID_ADDRESS", "0x00000065,UNDELIVERABLE",
        "0x00000002,INTERNAL", "0x000000C4,INTERNAL", "0x00000400,UNKNOWN_CODE", "0xFFFFFFFF,UNKNOWN_CODE"
    })
    void refusesForGood(String code, Reason reason) {
        assertEquals(
                new Outcome.Rejected(reason, code),
                CommandStatus.outcome(Long.decode(code).intValue()));
    }

    @ParameterizedTest
    @CsvSource({
        "0x00000058,THROTTLED,1",
        "0x00000014,THROTTLED,1",
        "0x00000008,CARRIER_ERROR,5",
        "0x00000064,CARRIER_ERROR,5"
    })
    void defersWhatMayGoBetterLater(String code, Reason reason, int seconds) {
        assertEquals(
                new Outcome.Deferred(reason, code, Duration.ofSeconds(seconds)),
                CommandStatus.outcome(Long.decode(code).intValue()));
    }

    @Test
    void everyStatusHasAnOutcome() {
        for (int status = 1; status < 0x1000; status++) {
            CommandStatus.outcome(status);
        }
    }
}
