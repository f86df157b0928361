/**
 * E-mail by SMTP, one transaction a person over a few connections that stay open, and bounces (RFC 3464) read from a
 * mailbox by IMAP.
 *
 * <p>E-mail proves nothing: a mail server's 250 is not a delivery, and "not bounced" is no evidence. A bounce alone
 * says something, that somebody was not reached.
 */
@NullMarked
package org.tocsin.channel.email;

import org.jspecify.annotations.NullMarked;
