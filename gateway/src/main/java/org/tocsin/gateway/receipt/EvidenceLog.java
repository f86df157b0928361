package org.tocsin.gateway.receipt;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What is kept of the links' evidence: one journal for each link. Entries are named {@code <epoch>-<sequence>} and only
 * grow: an append whose name is not above the last one fails. May be used by any thread; stages complete on any.
 */
public interface EvidenceLog {
    /**
     * An entry.
     *
     * @param id its name, {@code <epoch>-<sequence>}
     * @param bytes what {@link JournalEncoder} made; empty for an owner's first entry
     */
    record Entry(String id, byte[] bytes) {}

    /**
     * Where a journal begins: what came before is of sealed issues alone.
     *
     * @param after the name of the entry after which it begins; empty where nothing was trimmed
     * @param claims how many claims came before
     */
    record Start(String after, long claims) {
        /** Of a journal that was never trimmed. */
        public static final Start WHOLE = new Start("", 0);
    }

    /**
     * Appends.
     *
     * @param link the link's id
     * @param epoch the owner's epoch, 1 or more
     * @param sequence 0 for an owner's first entry, then upwards
     * @param bytes the entry
     * @return complete when the entry is durable; failed when it is not, or when nobody knows
     */
    CompletionStage<Void> append(String link, long epoch, long sequence, byte[] bytes);

    /**
     * Reads on.
     *
     * @param link the link's id
     * @param after the name of the last entry read; empty for the beginning
     * @param limit at most so many, at least 1
     * @return the next entries; empty at the end
     */
    CompletionStage<List<Entry>> read(String link, String after, int limit);

    /** Where a link's journal begins. Entries before may still be there; they count no more. */
    CompletionStage<Start> start(String link);

    /** Lets a link's journal begin later; a start that does not lie behind the one that is kept changes nothing. */
    CompletionStage<Void> trim(String link, Start start);
}
