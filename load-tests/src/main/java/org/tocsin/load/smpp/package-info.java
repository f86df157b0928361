/** The bound of SMS over SMPP: what a bare client does that stores nothing and knows nobody. */
@NullMarked
package org.tocsin.load.smpp;

import org.jspecify.annotations.NullMarked;
