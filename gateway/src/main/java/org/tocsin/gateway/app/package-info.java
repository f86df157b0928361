/** Settings, the composition root and the command line. */
@NullMarked
package org.tocsin.gateway.app;

import org.jspecify.annotations.NullMarked;
