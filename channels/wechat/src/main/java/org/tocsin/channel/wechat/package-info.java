/**
 * WeChat template messages to the followers of a service account.
 *
 * <p>The protocol is that of the Official Accounts platform: {@code /cgi-bin/token},
 * {@code /cgi-bin/message/template/send}, and the event TEMPLATESENDJOBFINISH, which tells that a message came to the
 * follower's client, never that it was read.
 */
@NullMarked
package org.tocsin.channel.wechat;

import org.jspecify.annotations.NullMarked;
