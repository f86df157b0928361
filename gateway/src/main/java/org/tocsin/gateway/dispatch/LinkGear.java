package org.tocsin.gateway.dispatch;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.TerminalLink;

/**
 * What all links are given.
 *
 * @param clock the time of day
 * @param random chance
 * @param timer for time-outs
 * @param http HTTP to providers
 * @param terminals the connected terminals
 */
public record LinkGear(
        InstantSource clock,
        RandomGenerator random,
        ScheduledExecutorService timer,
        HttpExchange http,
        TerminalLink terminals) {}
