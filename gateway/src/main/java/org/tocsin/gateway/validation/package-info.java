/** The rules of a warning: what CAP demands and what this gateway demands beyond it. Pure. */
@NullMarked
package org.tocsin.gateway.validation;

import org.jspecify.annotations.NullMarked;
