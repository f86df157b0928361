/** What simulated providers that speak HTTP share: a server, and callbacks that are repeated until they are taken. */
@NullMarked
package org.tocsin.simulator.http;

import org.jspecify.annotations.NullMarked;
