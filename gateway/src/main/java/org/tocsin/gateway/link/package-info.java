/**
 * The gateway's own ends to terminals and providers. The only package that knows the MQTT server and the Vert.x
 * clients.
 */
@NullMarked
package org.tocsin.gateway.link;

import org.jspecify.annotations.NullMarked;
