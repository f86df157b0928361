package org.tocsin.gateway.web;

import java.util.List;
import java.util.Map;
import org.tocsin.gateway.coverage.Count;
import org.tocsin.gateway.coverage.Curve;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.receipt.ChannelCounts;
import org.tocsin.gateway.report.IssueSummary;

/** The tables of a report. */
final class ReportTables {
    private static final String[] COUNT_WORDS = {
        "计划 Planned", "提交 Submitted", "受理 Accepted", "送达 Delivered", "确认 Acknowledged", "失败 Failed", "无回执 No report"
    };

    private static final int BAR = 300;
    private static final String[] FIGURE_WORDS = {
        "常住人口 Residents", "已确认 Confirmed", "下限 Lower", "估计 Estimate", "上限 Upper", "下限占比 Sure share"
    };
    private static final String[] ADDRESSED_WORDS = {"应达 Addressed", "触达 Reached", "触达占比 Share"};

    private final StringBuilder out;
    private final boolean applies;

    /** {@code applies} says whether rows count residents, or else those addressed. */
    ReportTables(StringBuilder out, boolean applies) {
        this.out = out;
        this.applies = applies;
    }

    void channels(List<IssueSummary.Channel> channels) {
        open("渠道与运营方 Channels and providers", "渠道 / 链路 Channel / link", "比例 Shares", COUNT_WORDS);
        for (IssueSummary.Channel channel : channels) {
            out.append("<tr><th scope=\"row\">")
                    .append(Html.text(Words.channel(channel.name())))
                    .append(channel.ofTerminals() ? "（终端 terminals）" : "")
                    .append("</th><td>");
            bar(channel.counts());
            out.append("</td>");
            counts(channel.counts());
            out.append("</tr>");
            for (IssueSummary.Link link : channel.links()) {
                out.append("<tr class=\"part\"><th scope=\"row\">")
                        .append(Html.text(link.link()))
                        .append(" · ")
                        .append(Html.text(link.provider()))
                        .append("</th><td></td>");
                counts(link.counts());
                out.append("</tr>");
            }
        }
        close();
        out.append("<p class=\"quiet\"><svg class=\"swatch\" viewBox=\"0 0 28 16\" aria-hidden=\"true\">")
                .append("<rect class=\"delivered\" width=\"28\" height=\"16\"></rect></svg> 送达 delivered ")
                .append("<svg class=\"swatch\" viewBox=\"0 0 28 16\" aria-hidden=\"true\"><rect class=\"failed\"")
                .append(" width=\"28\" height=\"16\"></rect></svg> 失败 failed；其余未有回执 the rest: no report")
                .append("。改走其他链路的在两行中都计。 Who was moved between links counts in both rows.</p>");
    }

    private void bar(ChannelCounts counts) {
        int planned = Math.max(1, counts.planned());
        long delivered = Math.round((double) BAR * counts.delivered() / planned);
        long failed = Math.min(BAR - delivered, Math.round((double) BAR * counts.failed() / planned));
        out.append("<svg class=\"bar\" viewBox=\"0 0 ")
                .append(BAR)
                .append(" 20\" aria-hidden=\"true\"><rect class=\"frame\" width=\"")
                .append(BAR)
                .append("\" height=\"20\"></rect><rect class=\"delivered\" width=\"")
                .append(delivered)
                .append("\" height=\"20\"></rect><rect class=\"failed\" x=\"")
                .append(BAR - failed)
                .append("\" width=\"")
                .append(failed)
                .append("\" height=\"20\"></rect></svg> ")
                .append(ReportPage.percent((double) counts.delivered() / planned));
    }

    private void counts(ChannelCounts counts) {
        for (int count : new int[] {
            counts.planned(),
            counts.submitted(),
            counts.accepted(),
            counts.delivered(),
            counts.acknowledged(),
            counts.failed(),
            counts.noReport()
        }) {
            number(count);
        }
    }

    void failures(List<IssueSummary.Channel> channels) {
        open("失败原因 Why it failed", "渠道 Channel", "原因 Reason", "数量 Count");
        boolean any = false;
        for (IssueSummary.Channel channel : channels) {
            for (Map.Entry<String, Integer> failure : channel.failures().entrySet()) {
                any = true;
                out.append("<tr><th scope=\"row\">")
                        .append(Html.text(Words.channel(channel.name())))
                        .append("</th><td class=\"words\">")
                        .append(Html.text(ReportWords.reason(failure.getKey())))
                        .append("</td>");
                number(failure.getValue());
                out.append("</tr>");
            }
        }
        if (!any) {
            out.append("<tr><td colspan=\"3\">没有失败。 Nothing failed.</td></tr>");
        }
        close();
    }

    void unreached(IssueSummary.Unreached unreached) {
        open("未触达 Not reached", "原因 Why", "人数 Persons");
        row("已发出，未有最终回执 Sent, and no final report", unreached.noReport());
        row("未发出（待发，或停止、解除、过期前未发） Not sent", unreached.unsent());
        row("各渠道均失败或被拒 Failed or refused on every channel", unreached.failed());
        if (applies) {
            row("登记在册，无可用联系方式 Registered, without an address", unreached.noAddress());
            row("未登记的常住人口 Residents whom the registry does not know", unreached.unknown());
            if (unreached.unlocated() > 0) {
                row("按比例住在区域内、登记中没有位置的居民 Inside by share, and registered without a position", unreached.unlocated());
            }
            if (unreached.surplus() > 0) {
                row("扣除：登记人数多于居民 Less: registered beyond the residents", -unreached.surplus());
            }
        }
        row("合计：未确证 Together: not confirmed", unreached.notConfirmed());
        if (applies) {
            row("位置不明，可能在目标区域外（不计入合计） Position unknown, perhaps outside; in no sum", unreached.unpositioned());
        }
        close();
    }

    private void row(String words, long count) {
        out.append("<tr><th scope=\"row\">").append(words).append("</th>");
        number(count);
        out.append("</tr>");
    }

    void audiences(List<IssueSummary.Audience> audiences) {
        open("受众 Audiences", "受众 Audience", "应达 Addressed", "触达 Reached", "已阅 Shown", "应答 Answered", "应答率 Answer rate");
        for (IssueSummary.Audience audience : audiences) {
            out.append("<tr><th scope=\"row\">")
                    .append(Html.text(audience.title()))
                    .append("</th>");
            number(audience.addressed());
            number(audience.reached());
            number(audience.shown());
            number(audience.answered());
            cell(ReportPage.percent((double) audience.answered() / Math.max(1, audience.addressed())));
            out.append("</tr>");
        }
        close();
    }

    void hours(List<Curve.Hour> hours, double of) {
        open(
                "按小时 By hour since sign-off",
                "小时 Hour",
                applies ? "新增（下限） Gained" : "新增触达 Gained",
                applies ? "累计下限 Sure so far" : "累计触达 Reached so far",
                "占比 Share");
        double before = 0;
        for (Curve.Hour hour : hours) {
            boolean rest = hour.hour() == Curve.MOST_HOURS - 1;
            out.append("<tr><th scope=\"row\">")
                    .append(hour.hour() + 1)
                    .append(rest ? " 及以后 and later" : "")
                    .append("</th>");
            number((long) hour.end().lower() - (long) before);
            number((long) hour.end().lower());
            cell(of > 0 ? ReportPage.percent(hour.end().lower() / of) : "—");
            out.append("</tr>");
            before = hour.end().lower();
        }
        close();
    }

    void townships(List<IssueSummary.Township> townships, int leftOut) {
        open(
                "乡镇（街道） Townships",
                "名称 Name",
                with(figureWords(), "村数 Villages", "已到达村 Delivered to", "终端 Terminals", "播完 Finished"));
        for (IssueSummary.Township township : townships) {
            String name = township.name().isEmpty() ? township.code() : township.name();
            out.append("<tr><th scope=\"row\">").append(Html.text(name)).append("</th>");
            figures(township.figures());
            number(township.villages());
            number(township.delivered());
            number(township.terminals());
            number(township.finished());
            out.append("</tr>");
        }
        close();
        leftOut(leftOut, "乡镇", "townships");
    }

    void villages(List<IssueSummary.Village> villages, int leftOut) {
        open("村（社区） Villages", "名称 Name", with(figureWords(), "到达 Delivered", "终端 Terminals", "播完 Finished"));
        for (IssueSummary.Village village : villages) {
            out.append("<tr><th scope=\"row\">")
                    .append(Html.text(village.name()))
                    .append(village.cut() ? "（部分 part）" : "")
                    .append("</th>");
            figures(village.figures());
            cell(village.delivered() ? "是 yes" : "否 no");
            number(village.terminals());
            number(village.finished());
            out.append("</tr>");
        }
        close();
        leftOut(leftOut, "村", "villages");
    }

    private void leftOut(int count, String chinese, String english) {
        if (count > 0) {
            out.append("<p class=\"note\">另有 ")
                    .append(count)
                    .append(" 个缺口较小的")
                    .append(chinese)
                    .append("未列出。 ")
                    .append(count)
                    .append(" more ")
                    .append(english)
                    .append(", those with the fewest persons to go, are not listed.</p>");
        }
    }

    private String[] figureWords() {
        return applies ? FIGURE_WORDS : ADDRESSED_WORDS;
    }

    private void figures(Figures figures) {
        Count count = figures.rounded();
        number(count.residents());
        if (applies) {
            number(count.confirmed());
        }
        number(count.lower());
        if (applies) {
            number(count.estimate());
            number(count.upper());
        }
        cell(figures.residents() > 0 ? ReportPage.percent(figures.lower() / figures.residents()) : "—");
    }

    private static String[] with(String[] first, String... more) {
        String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private void open(String name, String first, String second, String... more) {
        open(name, first, with(new String[] {second}, more));
    }

    private void open(String name, String first, String[] more) {
        out.append("<div class=\"scroll\" role=\"region\" aria-label=\"")
                .append(name)
                .append("\" tabindex=\"0\"><table class=\"numbers\"><caption class=\"hidden\">")
                .append(name)
                .append("</caption><thead><tr><th scope=\"col\">")
                .append(first)
                .append("</th>");
        for (String word : more) {
            out.append("<th scope=\"col\">").append(word).append("</th>");
        }
        out.append("</tr></thead><tbody>");
    }

    private void close() {
        out.append("</tbody></table></div>");
    }

    private void number(long count) {
        cell(ReportPage.count(count));
    }

    private void cell(String text) {
        out.append("<td>").append(text).append("</td>");
    }
}
