package org.tocsin.gateway.ledger;

import java.util.List;
import java.util.Optional;

/** Where the ledger's seals are kept, in their order. Blocking; may be used by any thread. */
public interface SealStore {
    /** How many there are. */
    int count();

    /**
     * Seals from a place on.
     *
     * @param from 0 for the first
     * @param limit at most so many
     */
    List<Seal> read(int from, int limit);

    /** The last one. */
    default Optional<Seal> last() {
        int count = count();
        return count == 0 ? Optional.empty() : Optional.of(read(count - 1, 1).get(0));
    }

    /**
     * Keeps a seal and its entry in the ledger, both or none.
     *
     * @param place how many there were when it was made
     * @return false, and nothing is changed, where there are more meanwhile: another gateway was faster
     */
    boolean keep(Seal seal, int place);

    /**
     * What a witness has answered.
     *
     * @param seal the hash of the seal that it was shown
     * @param answer as text
     */
    record Receipt(String seal, String answer) {}

    /** How many receipts of a witness there are; whether they are for the seals that there are, nobody has looked. */
    int witnessed(String witness);

    /**
     * The receipts of a witness, in the order of the seals.
     *
     * @param witness its {@link Witness#id}
     * @param from the place of the first seal
     * @param limit at most so many
     */
    List<Receipt> receipts(String witness, int from, int limit);

    /**
     * Keeps that a witness has confirmed a seal, with an entry in the ledger; nothing where that is known.
     *
     * @param place the seal's
     * @param answer what the witness answered, as text
     */
    void confirm(String witness, int place, Seal seal, String answer, java.time.Instant at);
}
