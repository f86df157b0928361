/**
 * Reports as documents in Chinese: of a period for the county government, of one issue for who has to account for it.
 */
@NullMarked
package org.tocsin.gateway.report.document;

import org.jspecify.annotations.NullMarked;
