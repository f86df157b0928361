package org.tocsin.gateway.report.pack;

/**
 * Something in a pack that does not fit.
 *
 * @param place where: the file's head, {@code manifest}, a segment's name with the row or byte, {@code signature}
 * @param what which rule is broken, with what is said and what was found
 */
public record Finding(String place, String what) {}
