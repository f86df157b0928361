/** What became of a warning, as figures for people and for auditors. */
@NullMarked
package org.tocsin.gateway.report;

import org.jspecify.annotations.NullMarked;
