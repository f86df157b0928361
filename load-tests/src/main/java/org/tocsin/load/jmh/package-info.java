/** What is measured inside the gateway: the only package here that may use its classes. */
@NullMarked
package org.tocsin.load.jmh;

import org.jspecify.annotations.NullMarked;
