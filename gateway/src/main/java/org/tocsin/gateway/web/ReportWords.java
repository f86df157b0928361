package org.tocsin.gateway.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.report.IssueSummary;

/** The report's words: Chinese first, English beside. */
final class ReportWords {
    private ReportWords() {}

    /** A reason of failure by its label; an unknown one stays as it is. */
    static String reason(String label) {
        return switch (label) {
            case "no-address" -> "无此类联系方式 No address of this kind";
            case "invalid-address" -> "地址无效 Invalid address";
            case "unknown-subscriber" -> "空号或无此用户 Unknown subscriber";
            case "opted-out" -> "用户拒收或已取消关注 Opted out";
            case "not-a-probe" -> "演练不得发送 Not a probe";
            case "content-refused" -> "内容被拒 Content refused";
            case "too-long" -> "超长 Too long";
            case "unauthorised" -> "账户被拒 Account refused";
            case "quota" -> "配额用尽 Quota used up";
            case "throttled" -> "限流 Throttled";
            case "carrier-error" -> "运营方故障 Carrier error";
            case "link-down" -> "链路中断 Link down";
            case "unanswered" -> "未应答 Unanswered";
            case "unreachable" -> "关机或不在服务区 Unreachable";
            case "device-fault" -> "终端故障 Device fault";
            case "undeliverable" -> "无法送达 Undeliverable";
            case "expired" -> "已过期 Expired";
            case "dropped" -> "发送前已停止 Dropped";
            case "internal" -> "网关内部错误 Internal";
            case "unknown-code" -> "未知代码 Unknown code";
            default -> label;
        };
    }

    /** The finding as a title, and in English beneath; empty where the title has both. */
    record Finding(String chinese, String english) {}

    /** What a report found; of one that is not final no failure yet. */
    static Finding finding(IssueSummary summary, String share, String goal) {
        @Nullable Verdict verdict = summary.verdict();
        if (verdict == null) {
            return new Finding(
                    summary.isWithoutResidents()
                            ? "无常住人口数据 No residents on record"
                            : "不计公众覆盖率 Public coverage does not apply",
                    "");
        }
        String chinese = "：可证实触达 " + share + "，目标 " + goal;
        String english = ": " + share + " surely reached, the goal is " + goal;
        return switch (verdict) {
            case MET -> new Finding("达标" + chinese, "Met" + english);
            case LIKELY -> new Finding("可能达标" + chinese, "Likely met" + english);
            case MISSED ->
                summary.settled()
                        ? new Finding("未达标" + chinese, "Missed" + english)
                        : new Finding("尚未达标" + chinese, "Not met yet" + english);
        };
    }

    /** When the goal will be met, and how that was found. */
    static String forecast(Forecast forecast) {
        return switch (forecast.state()) {
            case MET ->
                "签发后 " + seconds(forecast.seconds()) + " 达到目标。 The goal was met " + seconds(forecast.seconds())
                        + " after sign-off.";
            case EXPECTED ->
                "按最近一段时间的速度直线外推，预计签发后 " + seconds(forecast.seconds()) + " 达到目标（"
                        + seconds(forecast.earliest()) + " 至 " + seconds(forecast.latest())
                        + "）；回执通常越来越慢，实际多半更晚。 At the rate of the last part of its course the goal is met "
                        + seconds(forecast.seconds()) + " after sign-off (" + seconds(forecast.earliest()) + " to "
                        + seconds(forecast.latest()) + "); receipts mostly slow down, so rather later.";
            case UNATTAINABLE -> "即使尚未回执的全部送达也达不到目标。" + " Not met, and it cannot be by what is still out.";
            case UNKNOWN -> "目前无法预测。 Nothing can be forecast now.";
        };
    }

    /** Seconds for people; an open end where there is none. */
    static String seconds(@Nullable Double seconds) {
        if (seconds == null) {
            return "—";
        }
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.1f\u00a0s", seconds);
        }
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.1f\u00a0min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f\u00a0h", seconds / 3600);
    }
}
