/** What keeps a warning from arriving, found from its figures and from how links and terminals are. Pure. */
@NullMarked
package org.tocsin.gateway.report.watch;

import org.jspecify.annotations.NullMarked;
