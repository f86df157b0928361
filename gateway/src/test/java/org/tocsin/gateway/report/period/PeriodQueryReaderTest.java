package org.tocsin.gateway.report.period;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.alert.Level;

class PeriodQueryReaderTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 8, 5);
    private static final PeriodQueryReader READER = new PeriodQueryReader(
            code -> code.equals("11B03") ? Optional.of("暴雨") : Optional.empty(), Set.of("sms", "email"));

    private static PeriodQueryReader.Reading read(String words) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String word : words.split("&", -1)) {
            parameters.put(word.split("=", 2)[0], word.split("=", 2)[1]);
        }
        return READER.read(parameters, Set.of("table"), TODAY);
    }

    private static List<String> wrong(String words) {
        PeriodQueryReader.Reading reading = read(words);
        assertNull(reading.query());
        return reading.wrong().stream().map(PeriodQueryReader.Wrong::parameter).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "year=2025, 2025-01-01, 2025-12-31, 2025年度",
        "year=2026&quarter=1, 2026-01-01, 2026-03-31, 2026年第一季度",
        "year=2024&month=2, 2024-02-01, 2024-02-29, 2024年2月",
        "from=2026-03-05&to=2026-03-05, 2026-03-05, 2026-03-05, 2026年3月5日至2026年3月5日",
        "from=2026-01-01&to=2026-03-31&table=issues&hazard=, 2026-01-01, 2026-03-31, 2026年第一季度",
    })
    void readsPeriods(String words, LocalDate from, LocalDate to, String name) {
        PeriodQuery query = read(words).query();

        assertNotNull(query, words);
        assertEquals(new Period(from, to), query.period());
        assertEquals(name, query.period().words());
    }

    @Test
    void readsFiltersAndWritesThemAgain() {
        PeriodQuery query =
                read("year=2026&level=II,I&hazard=11B03&issuer=气象台&channel=sms").query();

        assertNotNull(query);
        assertEquals(Set.of(Level.I, Level.II), query.levels());
        assertEquals(query, READER.read(query.parameters(), Set.of(), TODAY).query());
        assertTrue(query.isFiltered());
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        assertEquals(
                List.of("colour", "year", "quarter", "hazard", "level", "channel"),
                wrong("year=26&quarter=5&hazard=99999&level=V&channel=pigeon&colour=red"));
    }

    @ParameterizedTest
    @CsvSource({
        "level=I, year",
        "quarter=2, year",
        "year=2026&quarter=1&month=1, month",
        "year=2026&from=2026-01-01&to=2026-02-01, year",
        "from=2026-01-01, to",
        "to=2026-01-01, from",
        "from=2026-02-30&to=2026-03-01, from",
        "from=2026-03-02&to=2026-03-01, to",
        "from=1999-12-31&to=2026-03-01, from",
        "from=+999999999-01-01&to=2026-03-01, from",
        "year=2027, year",
        "from=2026-08-06&to=2026-08-07, from",
        "from=2010-01-01&to=2026-03-01, to",
        "year=2026&hazard=暴雨, hazard",
    })
    void refusesWhatIsNoPeriodOrNoFilter(String words, String parameter) {
        assertEquals(List.of(parameter), wrong(words));
    }
}
