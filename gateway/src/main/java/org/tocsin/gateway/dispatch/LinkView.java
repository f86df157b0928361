package org.tocsin.gateway.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * A link as its operator sees it: how it is, and what it is set to. Holds no secret.
 *
 * @param health how it is
 * @param binds how many connections
 * @param window how many unanswered submits each may have
 * @param rate the most addressees a second; 0 means without a limit
 * @param column the kind of personal address that it sends to; null where it speaks to terminals
 */
public record LinkView(LinkHealth health, int binds, int window, int rate, @Nullable String column) {}
