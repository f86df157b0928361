/** The evidence pack: one file per issue from which a third party recomputes the percentage, and its verification. */
@NullMarked
package org.tocsin.gateway.report.pack;

import org.jspecify.annotations.NullMarked;
