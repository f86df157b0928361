package org.tocsin.gateway.registry;

/**
 * What an undo did.
 *
 * @param kind what had been imported
 * @param removed how many entries that the import brought are gone
 * @param restored how many entries that it changed are as before
 */
public record UndoReport(String kind, int removed, int restored) {}
