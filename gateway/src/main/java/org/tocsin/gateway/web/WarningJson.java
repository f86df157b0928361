package org.tocsin.gateway.web;

import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.gateway.approval.Approval;
import org.tocsin.gateway.approval.Trace;
import org.tocsin.gateway.approval.Warning;

/** A warning as the contract shows it. */
final class WarningJson {
    private WarningJson() {}

    static Map<String, Object> of(Warning warning) {
        Alert alert = warning.alert();
        String self = "/api/v1/warnings/" + warning.id();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", warning.id());
        json.put("identifier", alert.identifier());
        json.put("sender", alert.sender());
        json.put("sent", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(alert.sent()));
        json.put("status", alert.status().word());
        json.put("msgType", alert.msgType().word());
        json.put("state", warning.state().word());
        json.put("level", warning.level().name());
        json.put("version", warning.version());
        json.put("headline", headline(alert));
        json.put("root", warning.root());
        json.put("predecessor", warning.predecessor());
        json.put("audience", warning.audience());
        json.put("channels", warning.channels().stream().sorted().toList());
        json.put("signatureUnverified", warning.signatureUnverified());
        json.put("contentHash", warning.contentHash());
        json.put("waitsFor", waitsFor(warning));
        json.put(
                "approvals",
                warning.approvals().stream().map(WarningJson::approval).toList());
        json.put("history", warning.history().stream().map(WarningJson::trace).toList());
        json.put("created", warning.created().toString());
        json.put("submitted", text(warning.submitted()));
        json.put("signed", text(warning.signed()));
        json.put("closed", text(warning.closed()));
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", self);
        for (String part : List.of("cap", "coverage", "report", "deliveries", "estimate", "events")) {
            links.put(part, self + "/" + part);
        }
        if (warning.signed() != null) {
            links.put("public", "/w/" + warning.shortcode());
        }
        links.put("console", "/console/warnings/" + warning.id());
        json.put("links", links);
        return json;
    }

    /** The state alone, as the live events tell it. */
    static Map<String, Object> state(Warning warning) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", warning.id());
        json.put("state", warning.state().word());
        json.put("version", warning.version());
        return json;
    }

    static @Nullable String headline(Alert alert) {
        return alert.infos().isEmpty() ? null : alert.infos().get(0).headline();
    }

    private static @Nullable String waitsFor(Warning warning) {
        return warning.nextStep() == null ? null : warning.nextStep().role().word();
    }

    private static Map<String, Object> approval(Approval approval) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("role", approval.role().word());
        json.put("by", approval.by());
        json.put("name", approval.name());
        json.put("at", approval.at().toString());
        json.put("version", approval.version());
        return json;
    }

    private static Map<String, Object> trace(Trace trace) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("act", trace.act().word());
        json.put("by", trace.by());
        json.put("name", trace.name());
        json.put("at", trace.at().toString());
        json.put("state", trace.state().word());
        json.put("reason", trace.reason());
        return json;
    }

    private static @Nullable String text(java.time.@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
