/**
 * The console's pages: what stands on them, in which language, and what their forms send. A page is a template in
 * {@code /console/pages}, its words are in {@code /console/phrases}; {@link org.tocsin.gateway.web.console.Console}
 * puts the areas together.
 */
@NullMarked
package org.tocsin.gateway.web.console;

import org.jspecify.annotations.NullMarked;
