/** Public coverage and the other indicators, computed from evidence by atoms. Pure. */
@NullMarked
package org.tocsin.gateway.coverage;

import org.jspecify.annotations.NullMarked;
