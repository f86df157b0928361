/** The bridge to Camel: one route for each link. The only gateway package that knows Camel. */
@NullMarked
package org.tocsin.gateway.dispatch.camel;

import org.jspecify.annotations.NullMarked;
