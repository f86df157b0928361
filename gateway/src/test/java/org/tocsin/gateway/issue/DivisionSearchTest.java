package org.tocsin.gateway.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.gateway.registry.Division;

class DivisionSearchTest {
    private final DivisionSearch search = new DivisionSearch(Counties.view().divisions());

    @ParameterizedTest
    @CsvSource({
        "夏邑县, 夏邑县",
        "夏邑, 夏邑县",
        "xiayi, 夏邑县",
        "XIA YI, 夏邑县",
        "xyx, 夏邑县",
        "xiayx, 夏邑县",
        "xiay, 夏邑县",
        "411426000, 夏邑县",
        "huidian, 会亭镇",
        "huiting, 会亭镇",
        "kuaiting, 会亭镇",
        "htz, 会亭镇"
    })
    void findsByCharactersCodePinyinInitialsAndEveryReading(String typed, String first) {
        List<String> found = names(typed);

        if (typed.equals("huidian")) {
            assertTrue(!found.contains(first), "a reading that the character has not");
        } else {
            assertEquals(first, found.get(0), typed + " found " + found);
        }
    }

    @Test
    void putsTheWholeNameFirstThenTheLargerThenTheCode() {
        DivisionSearch.Found found = search.find("c", 2_500);
        List<Division> divisions = found.divisions();

        assertEquals(found.total(), divisions.size());
        assertEquals("城关镇", names("城关镇").get(0));
        assertEquals("城关镇", names("chengguanzhen").get(0));
    }

    @Test
    void limitsWhatItGivesAndSaysHowManyThereAre() {
        DivisionSearch.Found found = search.find("411426", 5);

        assertEquals(5, found.divisions().size());
        assertEquals(768, found.total());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "　", "'", "<script>", "%", "\\E.*", "zzzz", "999"})
    void findsNothingForNothing(String typed) {
        assertEquals(0, search.find(typed, 10).total());
    }

    @Test
    void looksAtSoMuchOfALongQueryAlone() {
        assertEquals(0, search.find("a".repeat(100_000), 10).total());
    }

    private List<String> names(String typed) {
        return search.find(typed, 20).divisions().stream().map(Division::name).toList();
    }
}
