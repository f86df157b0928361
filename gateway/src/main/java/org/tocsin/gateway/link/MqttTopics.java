package org.tocsin.gateway.link;

/** MQTT's topic names and filters (MQTT 3.1.1, section 4.7). */
final class MqttTopics {
    /** The longest topic or filter taken, in characters. */
    static final int LONGEST = 512;

    private MqttTopics() {}

    /** Whether a text can stand as one level of a topic: not empty, no separator, wildcard or control character. */
    static boolean isLevel(String text) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '+' || c == '#' || c < ' ' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Whether a topic name is one: not empty, not too long, no wildcard. */
    static boolean isTopic(String topic) {
        return !topic.isEmpty()
                && topic.length() <= LONGEST
                && topic.indexOf('+') < 0
                && topic.indexOf('#') < 0
                && topic.indexOf(0) < 0;
    }

    /** Whether a filter is well formed: wildcards fill whole levels, # only the last. */
    static boolean isFilter(String filter) {
        if (filter.isEmpty() || filter.length() > LONGEST || filter.indexOf(0) >= 0) {
            return false;
        }
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            boolean wild = level.indexOf('+') >= 0 || level.indexOf('#') >= 0;
            if ((wild && level.length() > 1) || (level.equals("#") && i < levels.length - 1)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a topic or filter has this code as one of its levels. */
    static boolean hasLevel(String path, String code) {
        int from = 0;
        while (true) {
            int end = path.indexOf('/', from);
            int length = (end < 0 ? path.length() : end) - from;
            if (length == code.length() && path.startsWith(code, from)) {
                return true;
            }
            if (end < 0) {
                return false;
            }
            from = end + 1;
        }
    }

    /** Whether a filter matches a topic. */
    static boolean matches(String filter, String topic) {
        if (filter.equals(topic)) {
            return true;
        }
        // Each report asks this, so that nothing is cut into pieces here.
        int wanted = 0;
        int given = 0;
        while (true) {
            int wantedEnd = levelEnd(filter, wanted);
            int givenEnd = levelEnd(topic, given);
            if (filter.startsWith("#", wanted)) {
                return true;
            }
            boolean any = wantedEnd - wanted == 1 && filter.charAt(wanted) == '+';
            boolean same = wantedEnd - wanted == givenEnd - given
                    && filter.regionMatches(wanted, topic, given, givenEnd - given);
            if (!any && !same) {
                return false;
            }
            if (givenEnd == topic.length()) {
                return wantedEnd == filter.length() || filter.startsWith("/#", wantedEnd);
            }
            if (wantedEnd == filter.length()) {
                return false;
            }
            wanted = wantedEnd + 1;
            given = givenEnd + 1;
        }
    }

    private static int levelEnd(String path, int from) {
        int end = path.indexOf('/', from);
        return end < 0 ? path.length() : end;
    }

    /**
     * Whether one filter is narrower than another: at the first level where they differ in kind, a word beats +, +
     * beats #.
     */
    static boolean isNarrower(String one, String other) {
        String[] ones = one.split("/", -1);
        String[] others = other.split("/", -1);
        for (int i = 0; i < Math.min(ones.length, others.length); i++) {
            int difference = width(ones[i]) - width(others[i]);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return ones.length > others.length;
    }

    /** The topic's level at which a filter has its first +; empty where there is none. */
    static String atFirstPlus(String filter, String topic) {
        String[] wanted = filter.split("/", -1);
        String[] given = topic.split("/", -1);
        for (int i = 0; i < Math.min(wanted.length, given.length); i++) {
            if (wanted[i].equals("+")) {
                return given[i];
            }
        }
        return "";
    }

    private static int width(String level) {
        return switch (level) {
            case "+" -> 1;
            case "#" -> 2;
            default -> 0;
        };
    }
}
