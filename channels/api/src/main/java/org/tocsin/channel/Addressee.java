package org.tocsin.channel;

/**
 * Whom a batch goes to.
 *
 * @param address the address in the channel's own form: a number, an openid, a token, a mailbox, a terminal's code
 * @param probe whether it belongs to a probe, which alone an Exercise or Test may reach
 */
public record Addressee(String address, boolean probe) {}
