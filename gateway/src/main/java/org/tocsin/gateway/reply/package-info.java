/** What people write back: acknowledgements, refusals of further messages, and all else for the operator to read. */
@NullMarked
package org.tocsin.gateway.reply;

import org.jspecify.annotations.NullMarked;
