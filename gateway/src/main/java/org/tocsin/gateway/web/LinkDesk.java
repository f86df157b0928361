package org.tocsin.gateway.web;

/** Links and what people write back, as JSON, UTF-8. Blocking; any thread. */
public interface LinkDesk {
    /** How each link is. */
    byte[] links();

    /**
     * Replies, the newest first, with their numbers masked.
     *
     * @param before the cursor of the page before; empty for the first
     * @param limit at most so many, at least 1
     */
    byte[] replies(String before, int limit);
}
