package org.tocsin.gateway.approval;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.ledger.Deed;

/**
 * Where warnings are kept. What a call changes is changed whole, with its ledger entries, or not at all, and is durable
 * when the call returns. Blocking; may be used by any thread.
 */
public interface WarningStore {
    /** How an attempt to keep a new warning ended. */
    enum Creation {
        /** It is kept. */
        CREATED,
        /** A warning with the same sender, identifier and sent is there. */
        IDENTITY_TAKEN,
        /** Another warning has the id or the short code. */
        NAME_TAKEN
    }

    /**
     * Which warnings to list.
     *
     * @param states in which states; empty means all
     * @param since made at this time or later; null means always
     * @param cursor where the page before ended; null for the first page
     * @param limit at most so many, 1 to 1,000
     */
    record Query(Set<WarningState> states, @Nullable Instant since, @Nullable String cursor, int limit) {
        /** Copies the set; refuses another limit. */
        public Query {
            states = Set.copyOf(states);
            if (limit < 1 || limit > 1000) {
                throw new IllegalArgumentException("limit must be 1 to 1000, was " + limit);
            }
        }
    }

    /**
     * A page of a list.
     *
     * @param warnings the latest made first
     * @param cursor where the next page begins; null where this is the last
     */
    record Page(List<Warning> warnings, @Nullable String cursor) {
        /** Copies the list. */
        public Page {
            warnings = List.copyOf(warnings);
        }
    }

    /** Keeps a new warning of version 1. */
    Creation create(Warning warning, List<Deed> deeds);

    /**
     * Changes warnings, all or none, each from the version before its own.
     *
     * @param changed at least one; their identity may have changed with their content, their id never
     * @return how it ended; nothing is changed unless UPDATED
     */
    Update update(List<Warning> changed, List<Deed> deeds);

    /** How an attempt to change warnings ended. */
    enum Update {
        /** All is kept. */
        UPDATED,
        /** One of them is not of the version before its own: somebody was faster. */
        STALE,
        /** Another warning has the new sender, identifier and sent. */
        IDENTITY_TAKEN
    }

    /** The warning of an id. */
    Optional<Warning> find(String id);

    /**
     * A warning as it was when it was last returned, without its source bytes: what an edit is compared with. Empty
     * where it never was.
     */
    Optional<Warning> returned(String id);

    /** The warning of a short code. */
    Optional<Warning> findByShortcode(String shortcode);

    /** The warning whose alert has this sender, identifier and point in time. */
    Optional<Warning> findByIdentity(String sender, String identifier, OffsetDateTime sent);

    /** All warnings whose alert has this identifier, whoever sent it. */
    List<Warning> findByIdentifier(String identifier);

    /** All issues of a warning, the first first, in the order in which they were made. */
    List<Warning> issues(String root);

    /**
     * The warnings that are {@link Warning#due} at a time or were before, the longest overdue first, without their
     * source bytes.
     *
     * @param limit at most so many, 1 or more
     */
    List<Warning> due(Instant now, int limit);

    /**
     * Lists warnings, without their source bytes.
     *
     * @throws IllegalArgumentException where the cursor is none of this store's
     */
    Page list(Query query);
}
