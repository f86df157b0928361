package org.tocsin.gateway.approval;

import java.time.Instant;
import org.tocsin.gateway.access.Role;

/**
 * One approval that was given.
 *
 * @param role as reviewer or as signer
 * @param by the principal's id
 * @param name its name for people
 * @param at when
 * @param version the version of the warning that it was given to
 */
public record Approval(Role role, String by, String name, Instant at, long version) {}
