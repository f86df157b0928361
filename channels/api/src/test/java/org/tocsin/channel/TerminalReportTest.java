package org.tocsin.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channel.TerminalReport.Fields;
import org.tocsin.channel.TerminalReport.Meaning;

class TerminalReportTest {
    private static final String AT = "2026-07-20T08:00:00+08:00";

    private static Meaning meaning(String state) {
        return state.equals("failed")
                ? new Meaning(Evidence.FAILED, Reason.DEVICE_FAULT, true)
                : new Meaning(Evidence.DELIVERED, null, false);
    }

    private static @Nullable TerminalReport of(int version, String issue, String state, String code, String at) {
        return TerminalReport.of(new Fields(version, issue, state, code, at), TerminalReportTest::meaning);
    }

    private static TerminalReport valid(String state, String code, String at) {
        TerminalReport report = of(1, "w1.1", state, code, at);
        assertNotNull(report);
        return report;
    }

    @Test
    void saysWhatTheStateMeansAtTheTerminalsTime() {
        assertEquals(
                new TerminalReport("w1.1", Evidence.DELIVERED, null, "finished", Instant.parse("2026-07-20T00:00:00Z")),
                valid("finished", "3", AT));
    }

    @Test
    void keepsTheTerminalsOwnCodeWhereTheMeaningAsksForIt() {
        assertEquals("failed:E3", valid("failed", "E3", AT).code());
        assertEquals(Reason.DEVICE_FAULT, valid("failed", "E3", AT).reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\nb", "012345678901234567890123456789012"})
    void leavesOutAnOwnCodeThatIsNoWord(String code) {
        assertEquals("failed", valid("failed", code, AT).code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "2026-07-20T08:00:00", "2026-13-20T08:00:00+08:00", "+999999999-01-01T00:00:00Z"})
    void leavesOutATimeThatCannotBeRead(String at) {
        assertNull(valid("finished", "", at).at());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fin ished", "a\nb", "结束", "012345678901234567890123456789012"})
    void isNoneWithoutAStateThatIsAWord(String state) {
        assertNull(of(1, "w", state, "", AT));
    }

    @Test
    void isNoneOfAnotherVersionOrWithoutAnIssue() {
        assertNull(of(2, "w", "finished", "", AT));
        assertNull(of(0, "w", "finished", "", AT));
        assertNull(of(1, "", "finished", "", AT));
        assertNull(of(1, "w".repeat(201), "finished", "", AT));
        assertNotNull(of(1, "w".repeat(200), "finished", "", AT));
    }
}
