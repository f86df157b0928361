package org.tocsin.channel.wechat;

import java.net.URI;
import java.time.Duration;
import org.tocsin.channel.LinkSettings;

/**
 * The settings of a link to a service account.
 *
 * @param base the API's address, {@code https://api.weixin.qq.com} unless set
 * @param appid the account
 * @param secret its secret
 * @param token what callbacks are signed with
 * @param templateId the template, whose fields are first, keyword1 … and remark
 * @param url where a tap on the message leads; empty for nowhere
 * @param window how many sends may be unanswered at a time
 * @param timeout how long to wait for an answer
 * @param replay how old, or how early, a callback's timestamp may be
 */
record WechatSettings(
        String base,
        String appid,
        String secret,
        String token,
        String templateId,
        String url,
        int window,
        Duration timeout,
        Duration replay) {

    static WechatSettings read(LinkSettings settings) {
        WechatSettings read = new WechatSettings(
                settings.text("base", "https://api.weixin.qq.com").replaceAll("/+$", ""),
                settings.text("appid"),
                settings.text("secret"),
                settings.text("token"),
                settings.text("templateId"),
                settings.text("url", ""),
                settings.integer("window", 64, 1, 10_000),
                settings.milliseconds("timeoutMillis", Duration.ofSeconds(10)),
                settings.milliseconds("replayMillis", Duration.ofMinutes(5)));
        if (!isHttp(read.base())) {
            settings.problem("base", "must be an http or https address");
        }
        if (!read.url().isEmpty() && !isHttp(read.url())) {
            settings.problem("url", "must be an http or https address");
        }
        settings.check();
        return read;
    }

    private static boolean isHttp(String text) {
        try {
            URI uri = URI.create(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Does not show the secrets. */
    @Override
    public String toString() {
        return "WechatSettings[" + base + ", " + appid + ", " + templateId + "]";
    }
}
