/**
 * Carriers' stand-ins over sockets, for tests, the demo and the load tests; never part of the product.
 *
 * <p>Each simulator speaks its carrier's real protocol, behaves by seeded shares, and keeps its own {@link Book}, which
 * no code of the gateway reads or writes.
 */
@NullMarked
package org.tocsin.simulator;

import org.jspecify.annotations.NullMarked;
