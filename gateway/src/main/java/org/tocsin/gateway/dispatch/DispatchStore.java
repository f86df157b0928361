package org.tocsin.gateway.dispatch;

import org.tocsin.gateway.receipt.EvidenceLog;

/**
 * Where dispatch keeps its state.
 *
 * @param journal the links' journals
 * @param lanes the links' lanes
 * @param leases the links' leases
 * @param plans the issues' plans
 * @param seals what is kept of sealed issues
 */
public record DispatchStore(EvidenceLog journal, Lanes lanes, Leases leases, Plans plans, Seals seals) {}
