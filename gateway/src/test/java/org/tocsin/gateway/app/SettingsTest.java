package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.gateway.coverage.GoalSettings;
import org.tocsin.gateway.coverage.Goals;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void everyDefaultFitsItsOwnForm() {
        for (SettingKey key : SettingKey.values()) {
            assertTrue(key.otherwise().matches(key.form()), key.setting());
        }
    }

    @Test
    void theCommandLineIsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        Path file = file("port: 1000\nhost: a\nzone: Asia/Urumqi\n");

        Settings settings =
                Settings.read(file, Map.of("TOCSIN_PORT", "2000", "TOCSIN_HOST", "b"), Map.of("port", "3000"));

        assertEquals(3000, settings.integer(SettingKey.PORT));
        assertEquals("b", settings.text(SettingKey.HOST));
        assertEquals("Asia/Urumqi", settings.text(SettingKey.ZONE));
        assertEquals("tocsin-data", settings.text(SettingKey.DATA));
    }

    @Test
    void namesLinksInTheFileAndInTheEnvironmentAlike() throws IOException {
        Path file = file("links:\n  mobile:\n    channel: sms\n    host: 127.0.0.1\n");

        Settings settings = Settings.read(file, Map.of("TOCSIN_LINKS_MOBILE_SYSTEM_ID", "me"), Map.of());

        assertEquals(
                Map.of("mobile", Map.of("channel", "sms", "host", "127.0.0.1", "systemId", "me")), settings.links());
    }

    @Test
    void readsGoalsFromTheFileAndFromTheEnvironmentAlike() throws IOException {
        Path file = file("coverage:\n  goals:\n    - {division: \"411426000000\", share: 0.95, from: 2026-01-01}\n");
        String json = "[{\"division\": \"411426000000\", \"share\": 0.95, \"from\": \"2026-01-01\"}]";

        Settings fromFile = Settings.read(file, Map.of(), Map.of());
        Settings fromEnvironment = Settings.read(null, Map.of("TOCSIN_COVERAGE_GOALS", json), Map.of());

        assertEquals(GoalSettings.read(fromFile.goals(), 0.9), GoalSettings.read(fromEnvironment.goals(), 0.9));
        assertEquals(1, GoalSettings.read(fromFile.goals(), 0.9).goals().size());
        assertEquals(
                Goals.everywhere(0.9),
                GoalSettings.read(Settings.read(null, Map.of(), Map.of()).goals(), 0.9));
    }

    @Test
    void readsCamelCaseNamesFromTheEnvironment() {
        Settings settings = Settings.read(null, Map.of("TOCSIN_STORE_MIN_FREE_MEGABYTES", "7"), Map.of());

        assertEquals(7, settings.integer(SettingKey.STORE_MIN_FREE));
    }

    @Test
    void namesAllProblemsAtOnce() {
        Settings.Invalid invalid = assertThrows(
                Settings.Invalid.class,
                () -> Settings.read(null, Map.of("TOCSIN_GAOL", "1"), Map.of("port", "http", "coverage.goal", "2")));

        String message = String.valueOf(invalid.getMessage());
        assertTrue(message.contains("gaol: is no setting"), message);
        assertTrue(message.contains("port: must be a port of 1 to 65535, or 0 for a free one, was 'http'"), message);
        assertTrue(message.contains("coverage.goal: must be 0 to 1, was '2'"), message);
    }

    @Test
    void doesNotShowASecret() {
        Settings.Invalid invalid = assertThrows(
                Settings.Invalid.class, () -> Settings.read(null, Map.of(), Map.of("mqtt.password", "hunter2")));

        assertFalse(String.valueOf(invalid.getMessage()).contains("hunter2"));
    }

    @Test
    void readsWhereThePublicFindsItAndWhoMayScrape() {
        Settings settings = Settings.read(
                null,
                Map.of(
                        "TOCSIN_WEB_PUBLIC_URL",
                        "https://warn.example.org",
                        "TOCSIN_METRICS_TOKEN",
                        "a-token-0123456789"),
                Map.of());

        assertEquals("https://warn.example.org", settings.text(SettingKey.PUBLIC_URL));
        assertEquals("a-token-0123456789", settings.text(SettingKey.METRICS_TOKEN));
        Settings.Invalid invalid = assertThrows(
                Settings.Invalid.class,
                () -> Settings.read(
                        null,
                        Map.of(),
                        Map.of("web.publicUrl", "https://warn.example.org/path", "metrics.token", "short")));
        String message = String.valueOf(invalid.getMessage());
        assertTrue(message.contains("web.publicUrl: must be http(s)://host"), message);
        assertTrue(message.contains("metrics.token: must be 16 to 128"), message);
        assertFalse(message.contains("short"), message);
    }

    @Test
    void saysWhereAFileIsNotYaml() throws IOException {
        Path file = file("port: [1000\n");

        Settings.Invalid invalid = assertThrows(Settings.Invalid.class, () -> Settings.read(file, Map.of(), Map.of()));

        assertTrue(String.valueOf(invalid.getMessage()).contains("settings.yaml: is not YAML"), invalid.getMessage());
    }

    @Test
    void leavesAloneTheKeyOfTheImport() {
        Settings settings = Settings.read(null, Map.of("TOCSIN_KEY", "k", "TOCSIN_BOOTSTRAP_KEYS", "x"), Map.of());

        assertEquals(8080, settings.integer(SettingKey.PORT));
    }

    @Test
    void knowsWhatAPortIs() {
        for (String port : new String[] {"0", "1", "8080", "59999", "65535"}) {
            assertEquals(
                    Integer.parseInt(port),
                    Settings.read(null, Map.of(), Map.of("port", port)).integer(SettingKey.PORT));
        }
        for (String port : new String[] {"65536", "65540", "70000", "99999", "-1", ""}) {
            assertThrows(Settings.Invalid.class, () -> Settings.read(null, Map.of(), Map.of("port", port)), port);
        }
    }

    @Test
    void refusesToListenBeyondLoopbackWithoutTls() {
        Settings.Invalid invalid =
                assertThrows(Settings.Invalid.class, () -> Settings.read(null, Map.of(), Map.of("host", "0.0.0.0"))
                        .requireListening());
        assertTrue(String.valueOf(invalid.getMessage()).contains("only a loopback address"), invalid.getMessage());

        Settings.read(null, Map.of(), Map.of("host", "0.0.0.0", "insecure", "true"))
                .requireListening();
        Settings.read(null, Map.of(), Map.of("host", "0.0.0.0", "tls.cert", "c", "tls.key", "k"))
                .requireListening();
        Settings.read(null, Map.of(), Map.of()).requireListening();
    }

    @Test
    void wantsBothHalvesOfTls() {
        Settings half = Settings.read(null, Map.of(), Map.of("tls.cert", "c"));

        assertThrows(Settings.Invalid.class, half::requireListening);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("settings.yaml"), content);
    }
}
