/** What was measured, and how it is shown: figures, plots, the table, the JSON and the page. */
@NullMarked
package org.tocsin.load.figure;

import org.jspecify.annotations.NullMarked;
