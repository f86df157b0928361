/** The bounds of HTTP, and its load: a client and a server that do the least that HTTP asks. */
@NullMarked
package org.tocsin.load.http;

import org.jspecify.annotations.NullMarked;
