/**
 * The county's own words of templates: what happens and what to do, by hazard, level and language, in versions. A
 * warning that is made from a template takes its words along: what was signed is what is sent, whatever becomes of the
 * template afterwards.
 */
@NullMarked
package org.tocsin.gateway.template;

import org.jspecify.annotations.NullMarked;
