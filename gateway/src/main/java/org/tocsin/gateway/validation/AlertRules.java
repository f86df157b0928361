package org.tocsin.gateway.validation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Info;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Polygon;
import org.tocsin.alert.Reference;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;

/**
 * What this gateway demands of an alert beyond CAP: all that makes a message valid CAP which it nevertheless cannot
 * take.
 *
 * <p>Immutable, for any number of threads; the time comes with each call.
 */
public final class AlertRules {
    private final ValidationSettings settings;
    private final EventTypes events;
    private final AreaKnowledge places;
    private final KnownIssues issues;

    /** Makes the rules of what is known here: events, places, earlier issues. */
    public AlertRules(ValidationSettings settings, EventTypes events, AreaKnowledge places, KnownIssues issues) {
        this.settings = settings;
        this.events = events;
        this.places = places;
        this.issues = issues;
    }

    /**
     * All that stands against taking an alert.
     *
     * <p>Where a limit is passed, the limits alone are reported: an alert that is too large is not looked at further.
     *
     * @param alert valid CAP
     * @param now the time by which it is judged
     * @return the problems in the alert's order, with XPath-like places; empty where it can be taken
     */
    public List<Problem> check(Alert alert, Instant now) {
        List<Problem> problems = new ArrayList<>();
        checkLimits(alert, problems);
        if (!problems.isEmpty()) {
            return problems;
        }
        checkHead(alert, now, problems);
        for (int i = 0; i < alert.infos().size(); i++) {
            checkInfo(alert, alert.infos().get(i), "/alert/info[" + (i + 1) + "]", now, problems);
        }
        checkTarget(alert, problems);
        return problems;
    }

    private void checkTarget(Alert alert, List<Problem> problems) {
        boolean placed = !alert.infos().isEmpty()
                && alert.infos().stream().noneMatch(info -> info.areas().isEmpty());
        if (placed) {
            places.examine(alert).stream()
                    .filter(problem ->
                            problems.stream().noneMatch(told -> told.path().equals(problem.path())))
                    .forEach(problems::add);
        }
    }

    private void checkLimits(Alert alert, List<Problem> problems) {
        List<Area> areas =
                alert.infos().stream().flatMap(info -> info.areas().stream()).toList();
        int polygons = areas.stream()
                .mapToInt(area -> area.polygons().size() + area.circles().size())
                .sum();
        int points = areas.stream()
                .flatMap(area -> area.polygons().stream())
                .map(Polygon::positions)
                .mapToInt(List::size)
                .sum();
        checkLimit("areas", areas.size(), settings.limits().areas(), problems);
        checkLimit("polygons", polygons, settings.limits().polygons(), problems);
        checkLimit("points", points, settings.limits().points(), problems);
    }

    private static void checkLimit(String what, int count, int limit, List<Problem> problems) {
        if (count > limit) {
            problems.add(new Problem(
                    "/alert", "too-many-" + what, "an alert may hold " + limit + " " + what + ", has " + count));
        }
    }

    private void checkHead(Alert alert, Instant now, List<Problem> problems) {
        if (alert.sent().toInstant().isAfter(now.plus(settings.clockTolerance()))) {
            problems.add(new Problem(
                    "/alert/sent",
                    "sent-in-future",
                    "sent may lie at most " + settings.clockTolerance().toSeconds()
                            + " s in the future of the gateway's clock (" + now + "), was " + alert.sent()));
        }
        if (alert.status() == Status.DRAFT || alert.status() == Status.SYSTEM) {
            problems.add(new Problem(
                    "/alert/status",
                    "status-not-taken",
                    "status must be Actual, Exercise or Test, was "
                            + alert.status().word()));
        }
        if (alert.msgType() == MsgType.ACK || alert.msgType() == MsgType.ERROR) {
            problems.add(new Problem(
                    "/alert/msgType",
                    "msg-type-not-taken",
                    "msgType must be Alert, Update or Cancel, was "
                            + alert.msgType().word()));
        }
        if (alert.scope() != Scope.PUBLIC) {
            problems.add(new Problem(
                    "/alert/scope",
                    "scope-not-public",
                    "scope must be Public, was " + alert.scope().word()));
        }
        checkReferences(alert, problems);
        if (alert.infos().isEmpty() && (alert.msgType() == MsgType.ALERT || alert.msgType() == MsgType.UPDATE)) {
            problems.add(new Problem(
                    "/alert/info",
                    "no-info",
                    "an " + alert.msgType().word() + " must hold an info: without one there is nothing to say"));
        }
    }

    private void checkReferences(Alert alert, List<Problem> problems) {
        if (alert.msgType() != MsgType.UPDATE && alert.msgType() != MsgType.CANCEL) {
            return;
        }
        if (alert.references().isEmpty()) {
            problems.add(new Problem(
                    "/alert/references",
                    "references-missing",
                    "msgType " + alert.msgType().word() + " must reference the alert that it follows"));
        } else if (alert.references().stream().noneMatch(issues::knows)) {
            problems.add(new Problem(
                    "/alert/references",
                    "references-unknown",
                    "none of the alerts that are referenced is known here: "
                            + String.join(
                                    " ",
                                    alert.references().stream()
                                            .limit(10)
                                            .map(Reference::identifier)
                                            .toList())));
        } else {
            checkSender(alert, problems);
        }
    }

    /** Only its sender goes on with an alert: a key that may send warnings must not end everybody's. */
    private void checkSender(Alert alert, List<Problem> problems) {
        alert.references().stream()
                .map(issues::senders)
                .filter(senders -> !senders.isEmpty() && !senders.contains(alert.sender()))
                .findFirst()
                .ifPresent(senders -> problems.add(new Problem(
                        "/alert/references",
                        "references-sender",
                        "msgType " + alert.msgType().word()
                                + " must come from the sender of the alert that it follows, "
                                + String.join(" or ", senders) + ", was " + alert.sender()
                                + "; let that sender send it, or let a signer cancel that warning on the console or by"
                                + " POST /api/v1/warnings/{id}/cancel")));
    }

    private void checkInfo(Alert alert, Info info, String path, Instant now, List<Problem> problems) {
        if (info.severity() == Severity.UNKNOWN) {
            problems.add(new Problem(
                    path + "/severity",
                    "severity-unknown",
                    "severity must be Extreme, Severe, Moderate or Minor, was Unknown: it decides level and lane"));
        }
        checkEvent(info, path, settings.eventCodeNames(), problems);
        OffsetDateTime expires = info.expires();
        if (expires != null && !expires.toInstant().isAfter(now)) {
            problems.add(new Problem(
                    path + "/expires",
                    "expired",
                    "expires must lie in the future of the gateway's clock (" + now + "), was " + expires));
        }
        if (info.areas().isEmpty() && alert.msgType() != MsgType.CANCEL) {
            problems.add(new Problem(
                    path + "/area", "area-missing", "an info must say where it holds: there is no default area"));
        }
        for (int i = 0; i < info.areas().size(); i++) {
            checkArea(info.areas().get(i), path + "/area[" + (i + 1) + "]", problems);
        }
    }

    private void checkEvent(Info info, String path, Set<String> valueNames, List<Problem> problems) {
        if (events.eventOf(info, valueNames).isPresent()) {
            return;
        }
        List<String> codes = EventTypes.codes(info, valueNames);
        String under = valueNames.isEmpty() ? "" : " under the valueName " + String.join(" or ", valueNames);
        problems.add(new Problem(
                path + "/eventCode",
                "unknown-event",
                codes.isEmpty()
                        ? "an info must hold a 5-character event code" + under
                        : "the event code" + under + " must be one of the event table, was "
                                + String.join(", ", codes.subList(0, Math.min(10, codes.size())))));
    }

    private static void checkArea(Area area, String path, List<Problem> problems) {
        if (area.geocodes().isEmpty()
                && area.polygons().isEmpty()
                && area.circles().isEmpty()) {
            problems.add(new Problem(
                    path,
                    AreaKnowledge.AREA_INVALID,
                    "an area must have a geocode, a polygon or a circle, '" + area.areaDesc() + "' has none"));
        }
    }
}
