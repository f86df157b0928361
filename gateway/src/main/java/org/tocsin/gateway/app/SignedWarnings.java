package org.tocsin.gateway.app;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.receipt.ChannelEvidence;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.registry.OpenWarnings;
import org.tocsin.gateway.store.Archive;

/** What an undo of an import asks about warnings: their evidence must stay as it is until they are sealed. */
record SignedWarnings(WarningStore warnings, Dispatcher dispatcher, Archive archive) implements OpenWarnings {
    private static final int PAGE = 1000;

    @Override
    public List<String> addressing(RoaringBitmap persons, RoaringBitmap terminals) {
        return signed(issue -> !archive.isSealed(issue.id())
                && dispatcher
                        .evidence(issue.id())
                        .map(evidence -> isPlanned(evidence, persons, terminals))
                        .orElse(true));
    }

    @Override
    public List<String> signedSince(Instant since) {
        return signed(issue -> {
            Instant at = issue.signed();
            return at != null && !at.isBefore(since);
        });
    }

    private static boolean isPlanned(IssueEvidence evidence, RoaringBitmap persons, RoaringBitmap terminals) {
        for (String name : evidence.channels()) {
            ChannelEvidence channel = evidence.channel(name);
            if (RoaringBitmap.intersects(channel.planned(), channel.isOfTerminals() ? terminals : persons)) {
                return true;
            }
        }
        return false;
    }

    private List<String> signed(Predicate<Warning> wanted) {
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            WarningStore.Page page =
                    warnings.list(new WarningStore.Query(EnumSet.allOf(WarningState.class), null, cursor, PAGE));
            page.warnings().stream()
                    .filter(issue -> issue.signed() != null && wanted.test(issue))
                    .forEach(issue -> found.add(issue.id()));
            cursor = page.cursor();
        } while (cursor != null);
        return found;
    }
}
