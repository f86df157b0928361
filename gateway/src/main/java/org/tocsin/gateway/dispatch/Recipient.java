package org.tocsin.gateway.dispatch;

/**
 * To whom a link has sent what a reply may answer.
 *
 * @param warning the warning's id
 * @param issue the issue's id
 * @param number the person's number in the registry
 * @param lane the issue's lane, 1 to 4
 */
public record Recipient(String warning, String issue, int number, int lane) {}
