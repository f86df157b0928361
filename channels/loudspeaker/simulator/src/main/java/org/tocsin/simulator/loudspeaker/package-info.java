/** Simulated loudspeakers: real MQTT clients that take commands and report their states. */
@NullMarked
package org.tocsin.simulator.loudspeaker;

import org.jspecify.annotations.NullMarked;
