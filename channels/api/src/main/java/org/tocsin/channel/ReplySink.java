package org.tocsin.channel;

/** Where a link reports what people write back. May be called by any thread; never blocks. */
@FunctionalInterface
public interface ReplySink {
    /**
     * Takes a reply. A carrier that was not answered repeats it, so the same one may come again.
     *
     * @param reply what came
     * @param kept hears, once and from any thread, when the reply is durable or cannot be; only then may the carrier be
     *     answered
     */
    void accept(Reply reply, Kept kept);
}
