package org.tocsin.gateway.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Info;
import org.tocsin.alert.Status;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.Step;
import org.tocsin.gateway.approval.Trace;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;

/** A warning's page: what it says, where it stands, whom it reached, and what may be done. Whole without a script. */
final class WarningPage {
    private static final String[] COUNTS = {
        "planned", "submitted", "accepted", "delivered", "acknowledged", "failed", "noReport"
    };
    static final String[] COUNT_WORDS = {
        "计划 Planned", "提交 Submitted", "受理 Accepted", "送达 Delivered", "确认 Acknowledged", "失败 Failed", "无回执 No report"
    };
    private static final String[] FIGURES = {"residents", "confirmed", "lower", "estimate", "upper"};
    private static final String[] FIGURE_WORDS = {
        "常住人口 Residents", "已确认 Confirmed", "下限 Lower", "估计 Estimate", "上限 Upper"
    };

    private final Warning warning;
    private final Set<Act> acts;
    private final Figures figures;
    private final boolean estimated;
    private final Principal principal;
    private final @Nullable String refusal;
    private final StringBuilder out = new StringBuilder();

    /** The figures are the coverage, or where nothing was sent yet (estimated) the reach to be expected. */
    WarningPage(
            Warning warning,
            Set<Act> acts,
            Figures figures,
            boolean estimated,
            Principal principal,
            @Nullable String refusal) {
        this.warning = warning;
        this.acts = acts;
        this.figures = figures;
        this.estimated = estimated;
        this.principal = principal;
        this.refusal = refusal;
    }

    String html() {
        String headline = WarningJson.headline(warning.alert());
        String title = headline == null ? warning.alert().identifier() : headline;
        out.append(ConsolePages.header(principal));
        out.append("<main id=\"warning\" data-id=\"")
                .append(warning.id())
                .append("\" data-version=\"")
                .append(warning.version())
                .append("\">");
        if (refusal != null) {
            out.append("<p class=\"error\" role=\"alert\">")
                    .append(Html.text(refusal))
                    .append("</p>");
        }
        if (warning.alert().status() != Status.ACTUAL) {
            out.append("<p class=\"drill\" role=\"note\">演练或测试，只发往测试对象。 ")
                    .append(warning.alert().status().word())
                    .append(": reaches probes only.</p>");
        }
        out.append("<h1>").append(Html.text(title)).append("</h1>");
        state();
        if (estimated) {
            content();
            estimate();
        } else {
            coverage();
            content();
        }
        decisions();
        history();
        out.append("</main>");
        String head = "<script type=\"module\" src=\"/console/files/console.js\"></script>";
        return Html.page((refusal == null ? "" : "错误：") + title + " · Tocsin", head, out.toString());
    }

    private void state() {
        Step next = warning.nextStep();
        out.append("<p>")
                .append(Words.level(warning.level()))
                .append(" <strong id=\"state\" role=\"status\">")
                .append(Words.state(warning.state()))
                .append("</strong>");
        if (next != null) {
            out.append(" · 等待 Waits for ").append(Words.role(next.role()));
        }
        out.append("</p>");
        if (warning.signatureUnverified()) {
            out.append("<p class=\"note\">来文的数字签名未经验证。 The alert's signature was not verified.</p>");
        }
        out.append("<p class=\"quiet\"><span id=\"stream\" role=\"status\">页面所示为打开时的数据。 As of opening this page.")
                .append("</span> <span id=\"age\"></span></p>");
    }

    private void coverage() {
        out.append("<section aria-labelledby=\"coverage-title\"><h2 id=\"coverage-title\">公众覆盖率"
                + " <span lang=\"en\">Public coverage</span></h2>");
        if (figures.isEmpty()) {
            out.append("<p id=\"no-figures\">还没有数据。 There are no figures yet.</p></section>");
            return;
        }
        JsonNode json = figures.json();
        if (json.has("applies") && !json.path("applies").asBoolean()) {
            out.append("<p class=\"note\">不适用：演练、测试、只发给指定人群或区域内无常住人口数据的预警不计公众覆盖率。")
                    .append(
                            " Does not apply: an exercise, a test, a warning to a part of the public, or no residents on record.</p>");
        }
        out.append("<p><a href=\"/console/warnings/").append(warning.id()).append("/report\">报告 Report</a></p>");
        out.append("<p><strong id=\"verdict\">")
                .append(Html.text(Words.verdict(json.path("verdict").asText(""))))
                .append("</strong> · 目标 Goal ")
                .append(percent(json.path("goal").asDouble()))
                .append(" · 截至 As of <span id=\"as-of\">")
                .append(Html.text(Words.time(json.path("asOf").asText(""))))
                .append("</span></p><dl class=\"figures\">");
        for (int i = 0; i < FIGURES.length; i++) {
            out.append("<div><dt>")
                    .append(FIGURE_WORDS[i])
                    .append("</dt><dd><span data-figure=\"")
                    .append(FIGURES[i])
                    .append("\">")
                    .append(figures.number(FIGURES[i]))
                    .append("</span>");
            if (i > 0) {
                out.append(" <span data-share=\"")
                        .append(FIGURES[i])
                        .append("\">")
                        .append(percent(figures.share(FIGURES[i])))
                        .append("</span>");
            }
            out.append("</dd></div>");
        }
        out.append("</dl>");
        channels(json.path("channels"));
        divisions(json.path("divisions"));
        out.append("</section>");
    }

    /** Whom it would reach, before anything is sent. */
    private void estimate() {
        out.append("<section id=\"no-figures\" aria-labelledby=\"estimate-title\"><h2 id=\"estimate-title\">预计"
                + " <span lang=\"en\">Estimate before sending</span></h2>");
        if (figures.isEmpty()) {
            out.append("<p>还没有数据。 There are no figures yet.</p></section>");
            return;
        }
        JsonNode json = figures.json();
        out.append("<dl class=\"figures\">");
        figure("常住人口 Residents", json.path("residents"));
        figure("村（社区） Villages", json.path("villages"));
        figure("登记人员 Registered people", json.path("persons"));
        json.path("personsByColumn")
                .properties()
                .forEach(column -> figure(Words.column(column.getKey()), column.getValue()));
        json.path("terminalsByKind")
                .properties()
                .forEach(kind -> figure(Words.channel(kind.getKey()), kind.getValue()));
        out.append("</dl></section>");
    }

    private void figure(String word, JsonNode number) {
        if (number.isNumber()) {
            out.append("<div><dt>")
                    .append(Html.text(word))
                    .append("</dt><dd>")
                    .append(number.asLong())
                    .append("</dd></div>");
        }
    }

    private void channels(JsonNode channels) {
        out.append("<h3>渠道 <span lang=\"en\">Channels</span></h3>")
                .append(scroll("渠道 Channels", "scroll"))
                .append("<table id=\"channels\"><caption class=\"hidden\">各渠道计数 Counts per channel</caption>")
                .append("<thead><tr><th scope=\"col\">渠道 Channel</th><th scope=\"col\">送达率 Delivered</th>");
        for (String word : COUNT_WORDS) {
            out.append("<th scope=\"col\">").append(word).append("</th>");
        }
        out.append("</tr></thead><tbody>");
        for (Map.Entry<String, JsonNode> channel : channels.properties()) {
            JsonNode counts = channel.getValue();
            long planned = counts.path("planned").asLong();
            out.append("<tr data-channel=\"")
                    .append(Html.text(channel.getKey()))
                    .append("\"><th scope=\"row\">")
                    .append(Html.text(Words.channel(channel.getKey())))
                    .append("</th><td><meter min=\"0\" max=\"")
                    .append(Math.max(1, planned))
                    .append("\" value=\"")
                    .append(counts.path("delivered").asLong())
                    .append("\" aria-label=\"送达 Delivered\"></meter> <span data-rate>")
                    .append(percent((double) counts.path("delivered").asLong() / Math.max(1, planned)))
                    .append("</span></td>");
            for (String name : COUNTS) {
                out.append("<td data-count=\"")
                        .append(name)
                        .append("\">")
                        .append(counts.path(name).asLong())
                        .append("</td>");
            }
            out.append("</tr>");
        }
        out.append("</tbody></table></div>");
        if (channels.isEmpty()) {
            out.append("<p>还没有发送。 Nothing is sent yet.</p>");
        }
    }

    private void divisions(JsonNode divisions) {
        out.append("<h3>村（社区） <span lang=\"en\">Villages</span></h3>")
                .append(scroll("村 Villages", "scroll tall"))
                .append("<table id=\"divisions\"><caption class=\"hidden\">各村覆盖 Coverage per village</caption>")
                .append("<thead><tr><th scope=\"col\">名称 Name</th>");
        for (String word : FIGURE_WORDS) {
            out.append("<th scope=\"col\">").append(word).append("</th>");
        }
        out.append("</tr></thead><tbody>");
        for (JsonNode division : divisions) {
            String code = division.path("code").asText("");
            out.append("<tr data-code=\"")
                    .append(Html.text(code))
                    .append("\"><th scope=\"row\">")
                    .append(Html.text(division.path("name").asText(code)))
                    .append("</th>");
            for (String name : FIGURES) {
                out.append("<td data-figure=\"")
                        .append(name)
                        .append("\">")
                        .append(division.path(name).asLong())
                        .append("</td>");
            }
            out.append("</tr>");
        }
        out.append("</tbody></table></div>");
    }

    private void content() {
        out.append("<section aria-labelledby=\"content-title\"><h2 id=\"content-title\">内容"
                + " <span lang=\"en\">Content</span></h2>");
        for (Info info : warning.alert().infos()) {
            out.append("<article lang=\"").append(Html.text(info.language())).append("\">");
            for (String text : new String[] {
                info.headline() == null ? info.event() : info.headline(),
                info.description() == null ? "" : info.description(),
                info.instruction() == null ? "" : info.instruction()
            }) {
                if (!text.isBlank()) {
                    out.append("<p>").append(Html.text(text)).append("</p>");
                }
            }
            info.areas()
                    .forEach(area ->
                            out.append("<p>").append(Html.text(area.areaDesc())).append("</p>"));
            out.append("</article>");
        }
        out.append("<p class=\"quiet\">")
                .append(Html.text(warning.alert().identifier()))
                .append(" · ")
                .append(warning.alert().msgType().word())
                .append(" · ")
                .append(Words.time(warning.alert().sent()))
                .append(" · <a href=\"/api/v1/warnings/")
                .append(warning.id())
                .append("/cap\">CAP</a>");
        if (warning.signed() != null) {
            out.append(" · <a href=\"/w/").append(warning.shortcode()).append("\">公众页面 Public page</a>");
        }
        out.append("</p></section>");
    }

    private void decisions() {
        if (acts.isEmpty()) {
            return;
        }
        out.append(
                "<section aria-labelledby=\"acts-title\"><h2 id=\"acts-title\">操作 <span lang=\"en\">Acts</span></h2>");
        for (Act act : Act.values()) {
            if (acts.contains(act) && act != Act.EDIT) {
                form(act);
            }
        }
        out.append("</section>");
    }

    private void form(Act act) {
        Step next = warning.nextStep();
        String word = Words.act(act, next == null || next.role() == Role.SIGNER);
        boolean reason = act == Act.RETURN || act == Act.REJECT;
        String field = "reason-" + act.word();
        out.append("<details class=\"act\"><summary>")
                .append(word)
                .append("</summary><form method=\"post\" action=\"")
                .append("/console/warnings/")
                .append(warning.id())
                .append('/')
                .append(act.word())
                .append("\">")
                .append("<input type=\"hidden\" name=\"version\" value=\"")
                .append(warning.version())
                .append("\">");
        if (act == Act.APPROVE) {
            out.append("<p><label><input type=\"checkbox\" required> ")
                    .append(
                            figures.isEmpty()
                                    ? "我已核对内容和区域。 I have checked content and area."
                                    : "我已核对：将发往常住约 " + figures.number("residents")
                                            + " 人的区域。 Checked: this goes to an area of about "
                                            + figures.number("residents") + " residents.")
                    .append("</label></p>");
        } else {
            out.append("<p><label for=\"")
                    .append(field)
                    .append("\">理由 Reason")
                    .append(reason ? "" : "（可不填 optional）")
                    .append("</label><textarea id=\"")
                    .append(field)
                    .append("\" name=\"reason\" maxlength=\"2000\" rows=\"2\"")
                    .append(reason ? " required" : "")
                    .append("></textarea></p>");
        }
        out.append("<p><button>").append(confirmation(act, word)).append("</button></p></form></details>");
    }

    private static String confirmation(Act act, String word) {
        return act == Act.STOP || act == Act.CANCEL || act == Act.REJECT ? "是，" + word : word;
    }

    private void history() {
        out.append("<section aria-labelledby=\"history-title\"><h2 id=\"history-title\">经过"
                + " <span lang=\"en\">History</span></h2><ol>");
        for (Trace trace : warning.history()) {
            out.append("<li>")
                    .append(Words.time(trace.at().atOffset(ZoneOffset.ofHours(8))))
                    .append(" · ")
                    .append(Html.text(trace.name()))
                    .append(" · ")
                    .append(Words.act(trace.act(), trace.state() == WarningState.SIGNED))
                    .append(" → ")
                    .append(Words.state(trace.state()));
            if (trace.reason() != null) {
                out.append("<br>").append(Html.text(trace.reason()));
            }
            out.append("</li>");
        }
        out.append("</ol></section>");
    }

    private static String scroll(String label, String classes) {
        return "<div class=\"" + classes + "\" role=\"region\" aria-label=\"" + label + "\" tabindex=\"0\">";
    }

    private static String percent(double share) {
        return org.tocsin.gateway.coverage.Percent.words(share);
    }
}
