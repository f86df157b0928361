package org.tocsin.channel;

/**
 * What a link tells of itself at this moment.
 *
 * @param state what it can do
 * @param connections how many connections are ready; 0 for a link that keeps none
 * @param wanted how many there should be
 * @param inFlight how many submits wait for the carrier's answer
 * @param window how many may, over the ready connections; 0 where there is no limit
 * @param waiting how many addressees wait in the link for room in the window
 */
public record LinkHealth(LinkState state, int connections, int wanted, int inFlight, int window, int waiting) {}
