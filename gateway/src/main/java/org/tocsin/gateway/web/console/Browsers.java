package org.tocsin.gateway.web.console;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tocsin.gateway.access.SignIn;
import org.tocsin.gateway.web.Call;

/** Where a request comes from in rough words: browser, system, and the network without its last part. */
final class Browsers {
    private static final List<Map.Entry<String, String>> PROGRAMS = List.of(
            Map.entry("micromessenger", "WeChat"),
            Map.entry("edg", "Edge"),
            Map.entry("firefox", "Firefox"),
            Map.entry("chrome", "Chrome"),
            Map.entry("safari", "Safari"));
    private static final List<Map.Entry<String, String>> SYSTEMS = List.of(
            Map.entry("android", "Android"),
            Map.entry("iphone", "iPhone"),
            Map.entry("ipad", "iPad"),
            Map.entry("harmony", "HarmonyOS"),
            Map.entry("windows", "Windows"),
            Map.entry("mac os", "macOS"),
            Map.entry("linux", "Linux"));

    private Browsers() {}

    static SignIn.From from(Call call) {
        String device = call.cookie(Cookies.DEVICE);
        return new SignIn.From(call.address(), words(call), device == null ? "" : device);
    }

    static String words(Call call) {
        String agent = call.headers().getOrDefault("user-agent", "").toLowerCase(Locale.ROOT);
        return first(PROGRAMS, agent) + " · " + first(SYSTEMS, agent) + " · " + network(call.address());
    }

    private static String first(List<Map.Entry<String, String>> known, String agent) {
        return known.stream()
                .filter(entry -> agent.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("?");
    }

    private static String network(String address) {
        int dot = address.lastIndexOf('.');
        int colon = address.lastIndexOf(':');
        return dot > 0 ? address.substring(0, dot) + ".×" : colon > 0 ? address.substring(0, colon) + ":×" : address;
    }
}
