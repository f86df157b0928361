package org.tocsin.channel;

import java.util.Map;

/**
 * What a provider posted to the gateway.
 *
 * @param headers by name in lower case; of repeated ones the first
 * @param query the query's parameters; of repeated ones the first
 * @param body the body, at most 4 MiB
 */
public record CallbackRequest(Map<String, String> headers, Map<String, String> query, byte[] body) {}
