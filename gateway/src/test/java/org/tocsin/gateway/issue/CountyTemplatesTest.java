package org.tocsin.gateway.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tocsin.gateway.template.CountyText;

class CountyTemplatesTest {
    private static final CountyText OURS = new CountyText("沱河水位上涨。", "请立即撤离沱河两岸。");

    private final IssueTemplates standard = CatalogueTemplates.standard();
    private final IssueTemplates county = new CountyTemplates(
            standard, key -> key.name().equals("rainstorm/I/zh-CN") ? Optional.of(OURS) : Optional.empty());

    @Test
    void fillsInTheCountysWordsWhereItHasSome() {
        IssueTemplate taken = county.find("rainstorm-I").orElseThrow();

        assertEquals(OURS.description(), taken.words("zh-CN").description());
        assertEquals(OURS.instruction(), taken.words("zh-CN").instruction());
        assertEquals(standard.find("rainstorm-I").orElseThrow().words("en-US"), taken.words("en-US"));
    }

    @Test
    void leavesTheOthersAsTheyCome() {
        assertEquals(standard.find("rainstorm-II"), county.find("rainstorm-II"));
        assertNotEquals(standard.find("rainstorm-I"), county.find("rainstorm-I"));
    }
}
