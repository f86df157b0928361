/**
 * Stand-ins for the carriers of short messages over sockets, each with its own book and quirks that can be switched:
 * SMPP 3.4 ({@link org.tocsin.simulator.sms.SmppSimulator}, which runs by itself), and CMPP 2.0 and 3.0, SMGP 3.0 and
 * SGIP 1.2 ({@link org.tocsin.simulator.sms.OperatorSimulator}), which run when asked for.
 *
 * <p>They have their own codecs, never the channel's, so that an error in one cannot hide in the other. How a scenario
 * sets one up: {@code run/simulated-cmpp=yes} among what {@link org.tocsin.simulator.SimulatedCarriers} is told at the
 * start makes the link {@code sms-simulated-cmpp} with {@code channel=sms}, {@code provider=simulated-cmpp} and all
 * that the simulator's {@code start} answers ({@code protocol=cmpp}, host, port, systemId, password, window); its
 * quirks are {@code quirk/simulated-cmpp/downAfter=5000}, {@code quirk/simulated-smpp/ratePerSecond=500},
 * {@code share/simulated-cmpp/refused=0.01} and the like, over those of the whole channel ({@code quirk/sms/…}).
 */
@NullMarked
package org.tocsin.simulator.sms;

import org.jspecify.annotations.NullMarked;
