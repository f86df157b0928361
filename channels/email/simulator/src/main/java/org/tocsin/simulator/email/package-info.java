/** A stand-in for a mail server over SMTP, which bounces some mails into a mailbox that is read by IMAP. */
@NullMarked
package org.tocsin.simulator.email;

import org.jspecify.annotations.NullMarked;
