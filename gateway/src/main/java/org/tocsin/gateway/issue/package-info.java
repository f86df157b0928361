/**
 * What an issuer works with before a warning is submitted: templates, unfinished drafts, saved areas, the search for
 * divisions, what was drawn or pasted, the alert that comes of it, whom it would reach and what each channel would
 * carry. It keeps nothing of its own and sends nothing.
 */
@NullMarked
package org.tocsin.gateway.issue;

import org.jspecify.annotations.NullMarked;
