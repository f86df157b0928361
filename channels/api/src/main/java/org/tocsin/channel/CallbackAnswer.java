package org.tocsin.channel;

/**
 * What to answer a provider.
 *
 * @param status the HTTP status
 * @param contentType the body's type
 * @param body the body
 */
public record CallbackAnswer(int status, String contentType, String body) {}
