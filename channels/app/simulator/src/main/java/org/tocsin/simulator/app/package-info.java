/** A stand-in for a push platform: pushes by batch over HTTP, receipts by signed callbacks of many at a time. */
@NullMarked
package org.tocsin.simulator.app;

import org.jspecify.annotations.NullMarked;
