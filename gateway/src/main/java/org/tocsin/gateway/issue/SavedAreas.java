package org.tocsin.gateway.issue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;

/**
 * The saved areas: issuers make them, who made one and administrators change and remove it. Blocking; may be used by
 * any thread.
 */
public final class SavedAreas {
    /** How many a gateway keeps. */
    public static final int MOST = 500;

    private final SavedAreaStore store;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** Takes where they are kept. */
    public SavedAreas(SavedAreaStore store, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** Those that one may use, by name. */
    public List<SavedArea> of(Principal principal) {
        return store.list().stream()
                .filter(area -> area.isFor(principal))
                .sorted(Comparator.comparing(SavedArea::name).thenComparing(SavedArea::id))
                .toList();
    }

    /** The area of an id, where one may use it. */
    public Optional<SavedArea> find(Principal principal, String id) {
        return store.find(id).filter(area -> area.isFor(principal));
    }

    /** Whether one may change or remove it. */
    public static boolean mayChange(Principal principal, SavedArea area) {
        return area.owner().equals(principal.id()) || principal.is(Role.ADMIN);
    }

    /**
     * Keeps a new one.
     *
     * @param users who may use it besides its maker; null means everybody
     * @return how it ended; FULL where there are {@link #MOST}
     * @throws IllegalArgumentException for a name that is empty or too long, and for an area of nothing
     */
    public SavedAreaStore.Keeping add(
            Principal principal, String name, List<String> divisions, String shapes, @Nullable Set<String> users) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > SavedArea.LONGEST_NAME) {
            throw new IllegalArgumentException("a name has 1 to " + SavedArea.LONGEST_NAME + " characters");
        }
        if ((divisions.isEmpty() && shapes.isBlank()) || divisions.size() > SavedArea.MOST_DIVISIONS) {
            throw new IllegalArgumentException("an area has 1 to " + SavedArea.MOST_DIVISIONS + " divisions or shapes");
        }
        SavedArea area = new SavedArea(
                Names.random(random), stripped, divisions, shapes, principal.id(), users, 1, clock.instant());
        return store.keep(area, MOST, deed(principal, "area.save", area));
    }

    /** Removes one; false where it is gone or was changed, or one may not. */
    public boolean remove(Principal principal, String id, long version) {
        return store.find(id)
                .filter(area -> mayChange(principal, area))
                .map(area -> store.remove(id, version, deed(principal, "area.remove", area)))
                .orElse(false);
    }

    private Deed deed(Principal principal, String act, SavedArea area) {
        byte[] content =
                (area.name() + "\n" + String.join(",", area.divisions()) + "\n" + area.shapes()).getBytes(UTF_8);
        return new Deed(clock.instant(), principal.id(), act, area.id(), ContentHash.of(content));
    }
}
