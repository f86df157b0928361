package org.tocsin.gateway.approval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Reference;
import org.tocsin.alert.Status;
import org.tocsin.gateway.approval.Decision.Denied;
import org.tocsin.gateway.approval.Decision.Why;

/** Which issue follows which: what an Update or Cancel speaks of, and what its signing ends. */
final class Succession {
    private final WarningStore store;

    Succession(WarningStore store) {
        this.store = store;
    }

    /**
     * What an alert's references lead to.
     *
     * @param latest the latest issue of the warning that it goes on with; null where it goes on with nothing
     * @param denied why they lead nowhere; null where they do not
     */
    record Found(@Nullable Warning latest, @Nullable Denied denied) {}

    /** Looks the references of an Update or Cancel up. */
    Found find(Alert alert) {
        if (!follows(alert)) {
            return new Found(null, null);
        }
        if (alert.references().isEmpty()) {
            return nowhere("references.missing", alert.msgType().word() + " needs references");
        }
        Set<String> roots = alert.references().stream()
                .flatMap(reference -> named(reference, alert.sender()).stream())
                .map(Warning::root)
                .collect(Collectors.toSet());
        if (roots.isEmpty()) {
            return nowhere("references.unknown", "no warning here is the one that is referenced");
        }
        if (roots.size() > 1) {
            return nowhere("references.ambiguous", "the references lead to more than one warning");
        }
        List<Warning> living = living(roots.iterator().next(), endedBy(alert));
        if (living.isEmpty()) {
            return nowhere("references.ended", "the referenced warning is not in force");
        }
        Warning latest = living.get(living.size() - 1);
        Status status = latest.alert().status();
        // Else a drill would end a real warning without a word to those who got it, or a real one begin as a drill.
        return alert.status() == status
                ? new Found(latest, null)
                : nowhere(
                        "references.status",
                        "status must be that of the referenced warning, " + status.word() + ", was "
                                + alert.status().word());
    }

    /** The issues that the signing of this one ends, the latest last; its own excluded. */
    List<Warning> endedBySigning(Warning signed) {
        List<Warning> living = new ArrayList<>(living(signed.root(), endedBy(signed.alert())));
        living.removeIf(issue -> issue.id().equals(signed.id())
                || issue.alert().status() != signed.alert().status());
        return living;
    }

    /** A Cancel of this warning that still waits for its sign-off. */
    Optional<Warning> pendingCancel(String root) {
        return store.issues(root).stream()
                .filter(issue -> issue.alert().msgType() == MsgType.CANCEL)
                .filter(issue -> issue.state().isPending() || issue.state().isUnsent())
                .findFirst();
    }

    /** What an alert does to the issues before it. */
    static Act endedBy(Alert alert) {
        return alert.msgType() == MsgType.CANCEL ? Act.END : Act.SUPERSEDE;
    }

    /** Whether it goes on with an earlier one. */
    static boolean follows(Alert alert) {
        return alert.msgType() == MsgType.UPDATE || alert.msgType() == MsgType.CANCEL;
    }

    private List<Warning> living(String root, Act end) {
        return store.issues(root).stream()
                .filter(issue -> LifeCycle.allows(issue.state(), end))
                .filter(issue -> issue.signed() != null)
                .filter(issue -> issue.alert().msgType() != MsgType.CANCEL)
                .sorted(Comparator.comparing(issue -> signedAt(issue)))
                .toList();
    }

    private static java.time.Instant signedAt(Warning issue) {
        return issue.signed() == null ? issue.created() : issue.signed();
    }

    /** An identifier alone is that of an alert by the same sender: others may have used it too. */
    private List<Warning> named(Reference reference, String follower) {
        if (reference.sender() != null && reference.sent() != null) {
            Optional<Warning> exact =
                    store.findByIdentity(reference.sender(), reference.identifier(), reference.sent());
            if (exact.isPresent()) {
                return List.of(exact.get());
            }
        }
        String sender = reference.sender() == null ? follower : reference.sender();
        return store.findByIdentifier(reference.identifier()).stream()
                .filter(warning -> warning.alert().sender().equals(sender))
                .toList();
    }

    private static Found nowhere(String code, String message) {
        return new Found(null, new Denied(Why.UNACCEPTABLE, code, message, null));
    }
}
