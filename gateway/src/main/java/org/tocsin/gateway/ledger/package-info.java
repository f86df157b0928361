/** The ledger: every act (who, what, when, over which content) as an entry with the hash of the one before. */
@NullMarked
package org.tocsin.gateway.ledger;

import org.jspecify.annotations.NullMarked;
