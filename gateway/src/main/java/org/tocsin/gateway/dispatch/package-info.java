/** The fan-out: plans, lanes, links, their journals and leases, retry and circuit breakers. */
@NullMarked
package org.tocsin.gateway.dispatch;

import org.jspecify.annotations.NullMarked;
