package org.tocsin.alert;

/**
 * A value and the name of the scheme it is from: CAP's eventCode, parameter and geocode.
 *
 * @param valueName the scheme
 * @param value the value in it
 */
public record NamedValue(String valueName, String value) {}
