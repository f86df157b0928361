/** Reports as files: made at once where they are short, else in the background for who asked; each is in the ledger. */
@NullMarked
package org.tocsin.gateway.report.export;

import org.jspecify.annotations.NullMarked;
