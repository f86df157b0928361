package org.tocsin.gateway.web;

import java.util.List;
import java.util.function.Supplier;
import org.tocsin.gateway.ledger.Ledger;
import org.tocsin.gateway.ledger.SealStore;
import org.tocsin.gateway.ledger.WitnessDesk;
import org.tocsin.gateway.ledger.WitnessRound;

/**
 * What auditors ask of the ledger.
 *
 * @param entries the acts
 * @param seals its seals
 * @param desk takes other counties' seals
 * @param witnesses how it stands with those who keep this one's seals
 */
public record LedgerDesk(
        Ledger entries, SealStore seals, WitnessDesk desk, Supplier<List<WitnessRound.State>> witnesses) {}
