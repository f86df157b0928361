/** The registry: divisions, contacts, audiences and terminals, and who of them can be reached by what. */
@NullMarked
package org.tocsin.gateway.registry;

import org.jspecify.annotations.NullMarked;
