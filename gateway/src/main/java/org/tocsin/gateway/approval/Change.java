package org.tocsin.gateway.approval;

/**
 * A change of a warning that is durable.
 *
 * @param warning as it is since
 * @param act what did it
 */
public record Change(Warning warning, Act act) {}
