/**
 * Terminals' stand-ins: thousands of MQTT 3.1.1 clients on one event loop, for the simulators of the channels whose
 * addressees are terminals.
 *
 * <p>Each terminal connects with its code and the password, subscribes to {@code tocsin/<channel>/<code>/command},
 * acknowledges each command, and publishes its reports to {@code tocsin/<channel>/<code>/report}.
 */
@NullMarked
package org.tocsin.simulator.terminals;

import org.jspecify.annotations.NullMarked;
