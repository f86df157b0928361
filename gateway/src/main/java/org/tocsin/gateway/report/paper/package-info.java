/**
 * Documents for people and for work: what one says, apart from how it looks, and its writers in PDF, XLSX and CSV.
 * Knows nothing of warnings.
 */
@org.jspecify.annotations.NullMarked
package org.tocsin.gateway.report.paper;
