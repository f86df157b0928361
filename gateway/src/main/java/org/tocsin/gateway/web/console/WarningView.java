package org.tocsin.gateway.web.console;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Info;
import org.tocsin.alert.Status;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.Step;
import org.tocsin.gateway.approval.Trace;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;

/**
 * A warning as its pages show it.
 *
 * @param id its id
 * @param version which version this is
 * @param root the id of its first issue
 * @param predecessor the id of the issue that it goes on with; null for a first one
 * @param shortcode its name in short links; null before it is signed, and for a drill, which has no public page
 * @param headline for people
 * @param level I to IV
 * @param state the API's word
 * @param status CAP's word
 * @param msgType CAP's word
 * @param drill whether it is an Exercise, Test or anything else that is not real
 * @param waitsFor the word of the role that it waits for; null where it waits for none
 * @param event the event in words
 * @param identifier CAP's
 * @param sender CAP's
 * @param sent when it was sent
 * @param expires until when it holds; null where it does not end by itself
 * @param signed when it was signed; null before
 * @param submitter who handed it in last, by name; its maker's before
 * @param audience the audience's name
 * @param unverified whether it came signed and the signature was not checked
 * @param texts what it says, by language
 * @param history what was done, oldest first
 */
record WarningView(
        String id,
        long version,
        String root,
        @Nullable String predecessor,
        @Nullable String shortcode,
        String headline,
        String level,
        String state,
        String status,
        String msgType,
        boolean drill,
        @Nullable String waitsFor,
        String event,
        String identifier,
        String sender,
        OffsetDateTime sent,
        @Nullable Instant expires,
        @Nullable Instant signed,
        String submitter,
        String audience,
        boolean unverified,
        List<Text> texts,
        List<Line> history) {
    /** What it says in one language. */
    record Text(
            String language,
            @Nullable String senderName,
            String headline,
            @Nullable String description,
            @Nullable String instruction,
            @Nullable String contact,
            @Nullable String web,
            List<String> areas) {}

    /** A line of its history: an act's phrase, and the state that it led to. */
    record Line(Instant at, String name, String act, String state, @Nullable String reason) {}

    static WarningView of(Warning warning) {
        Alert alert = warning.alert();
        Step next = warning.nextStep();
        Instant signed = warning.signed();
        boolean drill = alert.status() != Status.ACTUAL;
        return new WarningView(
                warning.id(),
                warning.version(),
                warning.root(),
                warning.predecessor(),
                signed == null || drill ? null : warning.shortcode(),
                headline(warning),
                warning.level().name(),
                warning.state().word(),
                alert.status().word(),
                alert.msgType().word(),
                drill,
                next == null ? null : next.role().word(),
                alert.infos().isEmpty() ? "" : alert.infos().get(0).event(),
                alert.identifier(),
                alert.sender(),
                alert.sent(),
                warning.expires(),
                signed,
                submitter(warning),
                warning.audience(),
                warning.signatureUnverified(),
                alert.infos().stream().map(WarningView::text).toList(),
                warning.history().stream().map(WarningView::line).toList());
    }

    /** What people call it. */
    static String headline(Warning warning) {
        return warning.alert().infos().stream()
                .flatMap(info -> Optional.ofNullable(info.headline()).stream())
                .filter(headline -> !headline.isBlank())
                .findFirst()
                .orElseGet(() -> warning.alert().identifier());
    }

    /** Who handed it in last; its maker where nobody has. */
    static String submitter(Warning warning) {
        String name = "";
        for (Trace trace : warning.history()) {
            if (name.isEmpty() || trace.act() == Act.SUBMIT) {
                name = trace.name();
            }
        }
        return name;
    }

    private static Text text(Info info) {
        String headline = info.headline();
        return new Text(
                info.language(),
                info.senderName(),
                headline == null ? info.event() : headline,
                info.description(),
                info.instruction(),
                info.contact(),
                info.web(),
                info.areas().stream().map(Area::areaDesc).toList());
    }

    private static Line line(Trace trace) {
        String act = trace.act().word();
        if (trace.act() == Act.APPROVE) {
            act = trace.state() == WarningState.SIGNED ? "sign" : "approve";
        }
        return new Line(trace.at(), trace.name(), act, trace.state().word(), trace.reason());
    }
}
