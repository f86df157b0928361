package org.tocsin.gateway.access;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The first keys, as {@code TOCSIN_BOOTSTRAP_KEYS} gives them: {@code issuer:<key>,signer:<key>}, any of the roles,
 * each once, keys of 16 to 128 characters of {@code [A-Za-z0-9._~-]}.
 */
public final class BootstrapKeys {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~-]{16,128}");

    private final Map<Role, String> keys;

    private BootstrapKeys(Map<Role, String> keys) {
        this.keys = Collections.unmodifiableMap(keys);
    }

    /** The text is not what it must be. */
    public static final class Invalid extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private final ArrayList<String> problems;

        Invalid(List<String> problems) {
            super("TOCSIN_BOOTSTRAP_KEYS: " + String.join("; ", problems));
            this.problems = new ArrayList<>(problems);
        }

        /** All that is wrong, by place; never a key. */
        public List<String> problems() {
            return List.copyOf(problems);
        }
    }

    /**
     * Reads the text.
     *
     * @throws Invalid with all that is wrong; it never repeats a key
     */
    public static BootstrapKeys parse(String text) {
        Map<Role, String> keys = new EnumMap<>(Role.class);
        Set<String> seen = new HashSet<>();
        List<String> problems = new ArrayList<>();
        int place = 0;
        for (String part : text.split(",", -1)) {
            place++;
            String entry = part.strip();
            int colon = entry.indexOf(':');
            if (colon < 0) {
                problems.add("entry " + place + " is not <role>:<key>");
                continue;
            }
            Optional<Role> role = Role.of(entry.substring(0, colon).strip());
            String key = entry.substring(colon + 1).strip();
            if (role.isEmpty()) {
                problems.add("entry " + place
                        + " names no role of issuer, reviewer, signer, agency, auditor, admin, witness");
            }
            String whose = role.map(known -> "the key of " + known.word()).orElse("the key of entry " + place);
            if (!KEY.matcher(key).matches()) {
                problems.add(whose + " must be 16 to 128 characters of A-Z a-z 0-9 . _ ~ -");
            } else if (!seen.add(key)) {
                problems.add(whose + " is another entry's too");
            }
            if (role.isPresent() && keys.put(role.get(), key) != null) {
                problems.add(role.get().word() + " is there more than once");
            }
        }
        if (!problems.isEmpty()) {
            throw new Invalid(problems);
        }
        return new BootstrapKeys(keys);
    }

    /** The keys by role. */
    public Map<Role, String> byRole() {
        return keys;
    }

    /** The roles only. */
    @Override
    public String toString() {
        return "BootstrapKeys" + keys.keySet();
    }
}
