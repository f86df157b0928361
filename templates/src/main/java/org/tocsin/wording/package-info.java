/**
 * Wording: what a content of a warning says on each channel, in its language, fitted to the channel's limits.
 *
 * <p>The words are data: {@code zh-CN.properties}, {@code en-US.properties} and {@code hazards.properties} beside this
 * package.
 */
@NullMarked
package org.tocsin.wording;

import org.jspecify.annotations.NullMarked;
