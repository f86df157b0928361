package org.tocsin.gateway.access;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.ledger.Deed;

/** Where accounts, clients, proposals and an edited matrix are kept. Blocking; may be used by any thread. */
public interface AccessStore {
    /** What a change changes. */
    enum Place {
        /** Accounts by name. */
        ACCOUNT,
        /** Clients by id. */
        CLIENT,
        /** Clients' ids by their key's hash. */
        CLIENT_KEY,
        /** Proposals by id. */
        PROPOSAL,
        /** What there is once: {@link #MATRIX} and {@link #FIRST_ADMIN}. */
        SINGLE
    }

    /** The edited matrix, a {@link KeptMatrix}. */
    String MATRIX = "matrix";

    /** Who was made the first administrator without a second person. */
    String FIRST_ADMIN = "firstAdmin";

    /**
     * The matrix as people have edited it.
     *
     * @param text as the settings write it
     * @param version counts its changes
     */
    record KeptMatrix(String text, long version) {}

    /** A change of one thing. */
    sealed interface Write {
        /** Where. */
        Place place();

        /** What, by its key. */
        String key();
    }

    /** Keeps a new thing; refused where there is one. */
    record Add(Place place, String key, Object value) implements Write {}

    /** Replaces a thing that must have this version. */
    record Replace(Place place, String key, long version, Object value) implements Write {}

    /** Removes a thing, if it is there. */
    record Remove(Place place, String key) implements Write {}

    /** Changes nothing, but asks that there is no such thing. */
    record Absent(Place place, String key) implements Write {}

    /** An account. */
    Optional<Account> account(String name);

    /** All accounts. */
    List<Account> accounts();

    /** A client. */
    Optional<ApiClient> client(String id);

    /** All clients. */
    List<ApiClient> clients();

    /** A proposal. */
    Optional<Proposal> proposal(String id);

    /** All proposals that are kept. */
    List<Proposal> proposals();

    /** The edited matrix; null while the settings' counts. */
    @Nullable
    KeptMatrix matrix();

    /** Whether a first administrator was made. */
    boolean hadFirstAdmin();

    /**
     * Does all changes, with their ledger entries, or none.
     *
     * @return false, and nothing is changed, where one is not as it must be
     */
    boolean commit(List<Write> writes, List<Deed> deeds);
}
