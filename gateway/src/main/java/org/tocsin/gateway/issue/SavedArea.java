package org.tocsin.gateway.issue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;

/**
 * An area that is used again and again.
 *
 * @param id its name in the store, of lower-case letters and digits
 * @param name what people call it, 1 to 60 characters
 * @param divisions codes of 12 digits
 * @param shapes polygons and circles as {@link AreaText} reads them; empty for none
 * @param owner the id of who made it
 * @param users the ids of those who may use it besides its owner; null means everybody
 * @param version 1 at first, one more with each change
 * @param changed when it was last changed
 */
public record SavedArea(
        String id,
        String name,
        List<String> divisions,
        String shapes,
        String owner,
        @Nullable Set<String> users,
        long version,
        Instant changed) {
    /** The longest name, in characters. */
    public static final int LONGEST_NAME = 60;

    /** The most divisions. */
    public static final int MOST_DIVISIONS = 500;

    /** Copies the collections. */
    public SavedArea {
        divisions = List.copyOf(divisions);
        users = users == null ? null : Set.copyOf(users);
    }

    /** Whether one may use it in a form. */
    public boolean isFor(Principal principal) {
        return users == null || owner.equals(principal.id()) || users.contains(principal.id());
    }
}
