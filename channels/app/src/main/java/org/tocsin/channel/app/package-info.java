/**
 * Push to an app, by batches over HTTP and receipts by callback.
 *
 * <p>The protocol is the gateway's own, in the shape of the field's push platforms. All bodies are JSON in UTF-8.
 *
 * <pre>
 * GET  {base}/v1/status              Authorization: Bearer {key}        200 when the account may push
 * POST {base}/v1/push                Authorization: Bearer {key}
 *      {"cid": "…",                  the same one again is not pushed again, and answered as before
 *       "notification": {"title", "body", "warning", "issue", "level": "I"…"IV", "event", "language", "expires"},
 *       "tokens": ["…", … 1,000 at most]}
 *   200 {"results": [{"token": "…", "messageId": "…"} | {"token": "…", "error": "CODE"}]}   one for each token
 *
 * POST {gateway}/callbacks/app/{provider}
 *      X-Push-Timestamp: {Unix seconds}
 *      X-Push-Signature: {hex of HMAC-SHA256(callbackSecret, timestamp + "." + body)}
 *      [{"messageId": "…", "token": "…", "status": "delivered|shown|clicked|failed|…", "code": "…", "at": "ISO-8601"}]
 *   200 when all are kept; anything else: post again
 * </pre>
 *
 * <p>Error codes of a token: INVALID_TOKEN, UNREGISTERED, OPTED_OUT, CONTENT_REFUSED, TOO_LONG, QUOTA, THROTTLED, BUSY.
 * Codes of a failed message: UNREGISTERED, OPTED_OUT, UNREACHABLE, DEVICE_FAULT, THROTTLED, EXPIRED; empty for no more
 * than that it failed.
 */
@NullMarked
package org.tocsin.channel.app;

import org.jspecify.annotations.NullMarked;
