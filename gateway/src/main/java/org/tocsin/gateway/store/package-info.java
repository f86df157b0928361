/** State in Redis. The only package that knows Redis; it implements the rooms' own interfaces. */
@NullMarked
package org.tocsin.gateway.store;

import org.jspecify.annotations.NullMarked;
