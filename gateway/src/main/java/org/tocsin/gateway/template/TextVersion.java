package org.tocsin.gateway.template;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a text.
 *
 * @param number 1 for the first that the county made, then without gaps
 * @param text what it says; null where the county went back to the words that come with the gateway
 * @param actor the id of who made it
 * @param at when
 * @param why why, in the maker's words
 */
public record TextVersion(int number, @Nullable CountyText text, String actor, Instant at, String why) {}
