package org.tocsin.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void replacesAFileWholeAndLeavesNothingBeside() throws IOException {
        Path file = Files.writeString(folder.resolve("figures.json"), "precious");

        OutputFile.at(file).write("new");

        assertEquals("new", Files.readString(file));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void whatCannotBeWrittenLeavesTheFileAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("figures.json"), "precious");
        OutputFile output = OutputFile.at(file);
        Files.writeString(
                Files.createDirectory(folder.resolve("figures.json.part")).resolve("in"), "the way");

        assertThrows(IOException.class, () -> output.write("new"));

        assertEquals("precious", Files.readString(file));
    }

    @Test
    void aLinkStaysOne() throws IOException {
        Path file = Files.writeString(folder.resolve("figures.json"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("latest.json"), file);

        OutputFile.at(link).write("new");

        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(file));
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThrows(IOException.class, () -> OutputFile.at(folder));
        assertThrows(IOException.class, () -> OutputFile.at(folder.resolve("no").resolve("file")));
    }
}
