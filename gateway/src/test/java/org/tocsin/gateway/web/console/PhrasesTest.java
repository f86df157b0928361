package org.tocsin.gateway.web.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhrasesTest {
    private static final Pattern USED = Pattern.compile("\\bt\\(\"([a-z][A-Za-z0-9.-]*)\"[,)]");
    private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

    @Test
    void saysTheSameThingsInEveryLanguage() {
        assertEquals(
                new TreeSet<>(Phrases.in(Language.ZH_CN).keys()),
                new TreeSet<>(Phrases.in(Language.EN_US).keys()));
    }

    @Test
    void putsTheSameArgumentsIntoEveryLanguage() {
        List<String> different = new ArrayList<>();
        for (String key : Phrases.in(Language.ZH_CN).keys()) {
            if (!places(Phrases.in(Language.ZH_CN).of(key))
                    .equals(places(Phrases.in(Language.EN_US).of(key)))) {
                different.add(key);
            }
        }
        assertEquals(List.of(), different);
    }

    @Test
    void hasEveryPhraseThatAPageAsksFor() throws IOException, URISyntaxException {
        List<String> missing = new ArrayList<>();
        Path pages = Path.of(PhrasesTest.class.getResource("/console/pages").toURI());
        try (Stream<Path> files = Files.list(pages)) {
            for (Path page : files.toList()) {
                Matcher used = USED.matcher(Files.readString(page, UTF_8));
                while (used.find()) {
                    if (!Phrases.in(Language.ZH_CN).has(used.group(1))) {
                        missing.add(page.getFileName() + " " + used.group(1));
                    }
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void refusesAKeyThatIsNot() {
        assertThrows(
                IllegalArgumentException.class, () -> Phrases.in(Language.ZH_CN).of("base.no-such"));
        assertTrue(Phrases.in(Language.EN_US).of("base.sign-in").startsWith("Sign"));
    }

    private static Set<String> places(String phrase) {
        TreeSet<String> places = new TreeSet<>();
        Matcher matcher = PLACE.matcher(phrase);
        while (matcher.find()) {
            places.add(matcher.group());
        }
        return places;
    }
}
