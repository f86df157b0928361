/**
 * The sign-off: the life cycle as a table, and the matrix that says who must review and sign what. Pure but for its
 * store.
 */
@NullMarked
package org.tocsin.gateway.approval;

import org.jspecify.annotations.NullMarked;
