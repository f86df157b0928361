/** A stand-in for WeChat's template messages over HTTP: tokens, sends, and the event that tells how a send ended. */
@NullMarked
package org.tocsin.simulator.wechat;

import org.jspecify.annotations.NullMarked;
