/** Simulated screens: real MQTT clients that take commands and report their states. */
@NullMarked
package org.tocsin.simulator.screen;

import org.jspecify.annotations.NullMarked;
