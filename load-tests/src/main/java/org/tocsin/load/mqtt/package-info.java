/** Terminals as a load: many small MQTT 3.1.1 clients on one event loop. */
@NullMarked
package org.tocsin.load.mqtt;

import org.jspecify.annotations.NullMarked;
