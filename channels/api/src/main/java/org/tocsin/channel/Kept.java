package org.tocsin.channel;

/** Hears whether something that came in has been made durable. It does not block. */
@FunctionalInterface
public interface Kept {
    /**
     * Is told once.
     *
     * @param durable true: it survives a crash, answer with success; false: it could not be kept, leave it unanswered
     *     or answer with a failure, so that the sender repeats it
     */
    void settled(boolean durable);
}
