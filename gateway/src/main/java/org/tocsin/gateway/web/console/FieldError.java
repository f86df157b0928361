package org.tocsin.gateway.web.console;

/**
 * What is wrong with a field and how to mend it; stands in the summary above the page's heading and at the field.
 *
 * @param field the id of the field
 * @param message in the page's language
 */
public record FieldError(String field, String message) {}
