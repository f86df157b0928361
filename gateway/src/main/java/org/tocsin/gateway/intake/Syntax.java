package org.tocsin.gateway.intake;

import org.jspecify.annotations.Nullable;

/** How the text of an element is read. */
@FunctionalInterface
interface Syntax {
    /**
     * Reads a text.
     *
     * @param text as it stood in the message
     * @param at the element that holds it, for complaints
     * @param complaints takes what is wrong with it
     * @return the value; null where the text is empty and may be, or wrong
     */
    @Nullable
    Object read(String text, Element at, Complaints complaints);
}
