package org.tocsin.gateway.intake;

import java.time.OffsetDateTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Reference;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.validation.KnownIssues;

/** The alerts that are known because they were taken: looks them up among the warnings that are kept. */
public final class KnownWarnings implements KnownIssues {
    private final WarningStore store;

    /** Makes it over where warnings are kept. */
    public KnownWarnings(WarningStore store) {
        this.store = store;
    }

    @Override
    public Set<String> senders(Reference reference) {
        @Nullable String sender = reference.sender();
        @Nullable OffsetDateTime sent = reference.sent();
        if (sender != null
                && sent != null
                && store.findByIdentity(sender, reference.identifier(), sent).isPresent()) {
            return Set.of(sender);
        }
        return store.findByIdentifier(reference.identifier()).stream()
                .map(warning -> warning.alert().sender())
                .filter(known -> sender == null || known.equals(sender))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
