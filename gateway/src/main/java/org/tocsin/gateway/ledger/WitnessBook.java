package org.tocsin.gateway.ledger;

import java.util.List;

/**
 * The seals of other counties that this gateway keeps as their witness, for each signer in the order of their days.
 * Blocking; may be used by any thread.
 */
public interface WitnessBook {
    /** The most contradicting seals that are kept of a signer: more prove nothing more. */
    int MOST_CONTRADICTIONS = 100;

    /**
     * A seal that is kept.
     *
     * @param seal as it was brought
     * @param receipt what was answered
     */
    record Kept(Seal seal, SealReceipt receipt) {}

    /** How many seals of a signer there are. */
    int count(String signer);

    /**
     * Seals of a signer from a place on.
     *
     * @param from 0 for the first
     * @param limit at most so many
     */
    List<Kept> read(String signer, int from, int limit);

    /**
     * Keeps a seal with its deed in the ledger, both or none.
     *
     * @param place how many of its signer there were
     * @return false, and nothing is changed, where there are more meanwhile
     */
    boolean keep(Kept kept, int place, Deed deed);

    /**
     * Keeps, beside the row, a truly signed seal that contradicts it, with its deed in the ledger, both or none.
     *
     * @return false, and nothing is changed, where it is kept already or there are {@value #MOST_CONTRADICTIONS}
     */
    boolean contradict(Seal seal, Deed deed);

    /** The seals of a signer that contradict the row, by day. */
    List<Seal> contradictions(String signer);
}
