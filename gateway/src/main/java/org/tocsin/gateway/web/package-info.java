/**
 * The API, the console and the live events. The only package that knows Vert.x Web; it calls rooms, never the store.
 */
@NullMarked
package org.tocsin.gateway.web;

import org.jspecify.annotations.NullMarked;
