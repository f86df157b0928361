package org.tocsin.gateway.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Level;
import org.tocsin.gateway.validation.EventTypes;
import org.tocsin.wording.StandardWords;

class CatalogueTemplatesTest {
    private final IssueTemplates templates = CatalogueTemplates.standard();

    @Test
    void everyTemplateHasWordsInBothLanguagesAndAKnownEventOfItsHazard() {
        EventTypes events = EventTypes.standard();
        for (IssueTemplate template : templates.list()) {
            assertTrue(events.name(template.eventCode()).isPresent(), template.id());
            assertTrue(StandardWords.codes(template.hazard()).contains(template.eventCode()), template.id());
            for (String language : List.of(IssueTemplate.CHINESE, IssueTemplate.ENGLISH)) {
                IssueTemplate.Words words = template.words(language);
                assertFalse(words.event().isBlank(), template.id());
                assertTrue(words.headline().contains(words.event()), template.id() + words.headline());
                assertFalse(words.description().isBlank(), template.id());
                assertFalse(words.instruction().isBlank(), template.id());
            }
        }
        assertEquals(
                templates.list().size(),
                templates.list().stream().map(IssueTemplate::id).distinct().count());
    }

    @Test
    void offersOnlyTheLevelsThatAHazardHasTheGravestFirst() {
        assertEquals(List.of(Level.I, Level.II), levels("hail"));
        assertEquals(List.of(Level.II, Level.III, Level.IV), levels("frost"));
        assertEquals(List.of(Level.values()), levels("rainstorm"));
        assertEquals("rainstorm", templates.list().get(0).hazard());
        assertEquals(
                "暴雨红色预警",
                templates.find("rainstorm-I").orElseThrow().words("zh-CN").headline());
    }

    @Test
    void aHazardIsThereOnceWithAllItsLevelsBesideEachOther() {
        List<String> runs = templates.list().stream().map(IssueTemplate::hazard).collect(Collectors.toList());
        int changes = 0;
        for (int at = 1; at < runs.size(); at++) {
            changes += runs.get(at).equals(runs.get(at - 1)) ? 0 : 1;
        }

        assertEquals(runs.stream().distinct().count(), changes + 1);
    }

    private List<Level> levels(String hazard) {
        return templates.list().stream()
                .filter(template -> template.hazard().equals(hazard))
                .map(IssueTemplate::level)
                .toList();
    }
}
