package org.tocsin.gateway.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.web.Proxies;

/**
 * What the operator has set: from a YAML file, over it {@code TOCSIN_…} environment variables, over them the command
 * line. Names are flat: {@code store.uri} is {@code store: {uri: …}} in YAML and {@code TOCSIN_STORE_URI} in the
 * environment; {@code links.mobile.systemId} is {@code TOCSIN_LINKS_MOBILE_SYSTEM_ID}. Immutable.
 */
final class Settings {
    /** The settings are wrong; the message names every problem with its place and rule. */
    static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1;

        Invalid(List<String> problems) {
            super(String.join(System.lineSeparator(), problems));
        }
    }

    /** The variable of the first API keys, which are no setting. */
    static final String BOOTSTRAP_KEYS = "TOCSIN_BOOTSTRAP_KEYS";

    /** The variable of the key with which {@code import} speaks to a running gateway; no setting either. */
    static final String CLIENT_KEY = "TOCSIN_KEY";

    private static final String PREFIX = "TOCSIN_";
    private static final Set<String> NO_SETTINGS = Set.of(BOOTSTRAP_KEYS, CLIENT_KEY);
    private static final String LINKS = "links.";

    private final SortedMap<String, String> values;

    private Settings(SortedMap<String, String> values) {
        this.values = values;
    }

    /**
     * Reads the settings.
     *
     * @param file the YAML file; null for none
     * @param environment the process's environment
     * @param commandLine settings by name from the command line
     * @throws Invalid when anything is unknown or breaks its rule
     */
    static Settings read(@Nullable Path file, Map<String, String> environment, Map<String, String> commandLine) {
        List<String> problems = new ArrayList<>();
        SortedMap<String, String> values = new TreeMap<>();
        if (file != null) {
            readFile(file, values, problems);
        }
        environment.forEach((variable, value) -> {
            if (variable.startsWith(PREFIX) && !NO_SETTINGS.contains(variable)) {
                values.put(nameOf(variable), value);
            }
        });
        values.putAll(commandLine);
        values.forEach((name, value) -> check(name, value, problems));
        if (!problems.isEmpty()) {
            throw new Invalid(problems);
        }
        return new Settings(values);
    }

    /**
     * Refuses settings with which a gateway may not listen, before anything runs.
     *
     * @throws Invalid with half a TLS setting, an address that is none, or one beyond the loopback without TLS
     */
    void requireListening() {
        List<String> problems = new ArrayList<>();
        boolean tls = find(SettingKey.TLS_CERT).isPresent();
        if (tls != find(SettingKey.TLS_KEY).isPresent()) {
            problems.add("tls.cert and tls.key: TLS needs both");
        }
        String host = text(SettingKey.HOST);
        try {
            if (!tls
                    && !flag(SettingKey.INSECURE)
                    && !InetAddress.getByName(host).isLoopbackAddress()) {
                problems.add("host: without TLS only a loopback address may be bound, was '" + host
                        + "'; set tls.cert and tls.key, or allow it by --insecure");
            }
        } catch (UnknownHostException unknown) {
            problems.add("host: there is no such address: '" + host + "'");
        }
        try {
            Proxies.of(text(SettingKey.TRUSTED_PROXIES));
        } catch (IllegalArgumentException wrong) {
            problems.add(SettingKey.TRUSTED_PROXIES.setting() + ": " + wrong.getMessage());
        }
        try {
            ZoneId.of(text(SettingKey.ZONE));
        } catch (DateTimeException unknown) {
            problems.add("zone: is no time zone like Asia/Shanghai: '" + text(SettingKey.ZONE) + "'");
        }
        if (!problems.isEmpty()) {
            throw new Invalid(problems);
        }
    }

    /** These settings with others over them, checked again. */
    Settings with(Map<String, String> others) {
        SortedMap<String, String> together = new TreeMap<>(values);
        together.putAll(others);
        return read(null, Map.of(), together);
    }

    /** The text of a setting, or its default. */
    String text(SettingKey key) {
        return values.getOrDefault(key.setting(), key.otherwise());
    }

    /** The text of a setting, or empty where it is neither set nor has a default. */
    Optional<String> find(SettingKey key) {
        return Optional.of(text(key)).filter(text -> !text.isBlank());
    }

    /** Whether the operator has set it. */
    boolean isSet(SettingKey key) {
        return values.containsKey(key.setting());
    }

    /** The whole number of a setting. */
    int integer(SettingKey key) {
        return Integer.parseInt(text(key));
    }

    /** The decimal number of a setting. */
    double number(SettingKey key) {
        return Double.parseDouble(text(key));
    }

    /** Whether a setting is true. */
    boolean flag(SettingKey key) {
        return Boolean.parseBoolean(text(key));
    }

    /** The approval matrix as written, in JSON or YAML; missing where none is. */
    JsonNode matrix() {
        return tree(SettingKey.MATRIX, "an object");
    }

    /** The goals of jurisdictions as written, in JSON or YAML; missing where none are. */
    JsonNode goals() {
        return tree(SettingKey.GOALS, "a list");
    }

    private JsonNode tree(SettingKey key, String what) {
        try {
            return new YAMLMapper().readTree(text(key));
        } catch (JsonProcessingException malformed) {
            throw new Invalid(List.of(key.setting() + ": is not " + what + ": " + malformed.getOriginalMessage()));
        }
    }

    /** The parts of a setting that is a list between commas. */
    List<String> list(SettingKey key) {
        String text = text(key);
        return text.isBlank()
                ? List.of()
                : List.of(text.split(",", -1)).stream().map(String::strip).toList();
    }

    /** The links: their settings by id, each with {@code channel}. */
    SortedMap<String, SortedMap<String, String>> links() {
        SortedMap<String, SortedMap<String, String>> links = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(LINKS)) {
                String rest = name.substring(LINKS.length());
                int dot = rest.indexOf('.');
                links.computeIfAbsent(rest.substring(0, dot), id -> new TreeMap<>())
                        .put(rest.substring(dot + 1), value);
            }
        });
        return links;
    }

    private static void check(String name, String value, List<String> problems) {
        if (name.startsWith(LINKS)) {
            if (!name.substring(LINKS.length()).matches("[a-z0-9-]+\\.[A-Za-z0-9.]+")) {
                problems.add(
                        name + ": a link's setting is links.<id>.<name>, the id of lower case letters, digits and -");
            }
            return;
        }
        Optional<SettingKey> key = SettingKey.of(name);
        if (key.isEmpty()) {
            problems.add(name + ": is no setting; --help lists them");
        } else if (!value.matches(key.get().form())) {
            problems.add(name + ": must be " + key.get().rule() + (key.get().secret() ? "" : ", was '" + value + "'"));
        }
    }

    private static void readFile(Path file, SortedMap<String, String> values, List<String> problems) {
        try {
            JsonNode tree = new YAMLMapper().readTree(Files.readString(file));
            flatten("", tree, values, problems);
        } catch (JsonProcessingException malformed) {
            problems.add(file + ": is not YAML: " + malformed.getOriginalMessage());
        } catch (IOException unreadable) {
            problems.add(file + ": cannot be read: " + unreadable.getMessage());
        }
    }

    private static void flatten(String name, JsonNode node, SortedMap<String, String> values, List<String> problems) {
        if (name.equals(SettingKey.MATRIX.setting()) || name.equals(SettingKey.GOALS.setting())) {
            // They have a form of their own, which their room reads.
            values.put(name, node.toString());
        } else if (node.isObject()) {
            node.properties()
                    .forEach(child -> flatten(
                            name.isEmpty() ? child.getKey() : name + "." + child.getKey(),
                            child.getValue(),
                            values,
                            problems));
        } else if (node.isArray()) {
            List<String> parts = new ArrayList<>();
            node.forEach(part -> parts.add(part.asText()));
            values.put(name, String.join(",", parts));
        } else if (!node.isMissingNode() && !node.isNull()) {
            values.put(name, node.asText());
        }
    }

    // TOCSIN_STORE_URI is store.uri; TOCSIN_LINKS_MOBILE_SYSTEM_ID is links.mobile.systemId.
    private static String nameOf(String variable) {
        String rest = variable.substring(PREFIX.length());
        for (SettingKey key : SettingKey.values()) {
            if (variableOf(key.setting()).equals(rest)) {
                return key.setting();
            }
        }
        String[] words = rest.toLowerCase(Locale.ROOT).split("_", -1);
        if (words.length >= 3 && words[0].equals("links")) {
            StringBuilder setting = new StringBuilder(words[2]);
            for (int i = 3; i < words.length; i++) {
                if (!words[i].isEmpty()) {
                    setting.append(Character.toUpperCase(words[i].charAt(0))).append(words[i], 1, words[i].length());
                }
            }
            return LINKS + words[1] + "." + setting;
        }
        return rest.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static String variableOf(String setting) {
        return setting.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
