/** The way in: CAP 1.2 and 1.1, JSON and 12379 XML, read strictly and taken once. */
@NullMarked
package org.tocsin.gateway.intake;

import org.jspecify.annotations.NullMarked;
