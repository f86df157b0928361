package org.tocsin.gateway.dispatch;

import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.wording.Wording;

/**
 * Of whom dispatch plans, and in which words.
 *
 * @param registry people and terminals
 * @param targeting finds them
 * @param wording renders
 */
public record AudienceSource(Registry registry, Targeting targeting, Wording wording) {}
