/** Who is in the area and in the audience: areas and audiences to people, terminals and residents by village. Pure. */
@NullMarked
package org.tocsin.gateway.targeting;

import org.jspecify.annotations.NullMarked;
