/** Evidence: what carriers and terminals said of each addressee, as a journal and as bitmaps replayed from it. */
@NullMarked
package org.tocsin.gateway.receipt;

import org.jspecify.annotations.NullMarked;
