package org.tocsin.gateway.coverage;

/**
 * {@link Figures} in whole persons, as the contract's JSON has them.
 *
 * @param residents N
 * @param confirmed persons with a positive receipt of their own, rounded down
 * @param lower persons reached for sure, rounded down
 * @param estimate persons reached on the assumption of independence, rounded to the nearest
 * @param upper persons who can have been reached at most, rounded up
 */
public record Count(long residents, long confirmed, long lower, long estimate, long upper) {}
