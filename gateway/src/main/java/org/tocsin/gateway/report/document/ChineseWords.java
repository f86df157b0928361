package org.tocsin.gateway.report.document;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.coverage.Percent;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.registry.Audience;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.period.GroupFigures;

/** The words of reports on paper; the console has the same, which a test holds. */
public final class ChineseWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm:ss", Locale.ROOT);

    private ChineseWords() {}

    static String verdict(@Nullable Verdict verdict) {
        if (verdict == null) {
            return "不适用";
        }
        return switch (verdict) {
            case MET -> "达标";
            case LIKELY -> "可能达标";
            case MISSED -> "未达标";
        };
    }

    static String level(Level level) {
        return level.chineseColour().replace("色", "") + "（" + level.name() + "）";
    }

    static String msgType(MsgType type) {
        return switch (type) {
            case ALERT -> "首发";
            case UPDATE -> "更新";
            case CANCEL -> "解除";
            case ACK -> "确认";
            case ERROR -> "错误";
        };
    }

    static String status(Status status) {
        return status == Status.ACTUAL ? "真实" : status == Status.EXERCISE ? "演练" : "测试";
    }

    /** A channel by its name; one that this version does not know stays as it is. */
    public static String channel(String name) {
        return switch (name) {
            case "sms" -> "短信";
            case "loudspeaker" -> "应急广播";
            case "screen" -> "电子显示屏";
            case "wechat" -> "微信";
            case "app" -> "应用推送";
            case "email" -> "邮件";
            case "relay" -> "转发";
            default -> name;
        };
    }

    /** A reason by its label; one that this version does not know stays as it is. */
    public static String reason(String label) {
        for (Reason reason : Reason.values()) {
            if (reason.label().equals(label)) {
                return reason(reason);
            }
        }
        return label;
    }

    private static String reason(Reason reason) {
        return switch (reason) {
            case NO_ADDRESS -> "无此类联系方式";
            case INVALID_ADDRESS -> "地址无效";
            case UNKNOWN_SUBSCRIBER -> "空号或无此用户";
            case OPTED_OUT -> "用户拒收或已取消关注";
            case NOT_A_PROBE -> "演练不得发送";
            case CONTENT_REFUSED -> "内容被拒";
            case TOO_LONG -> "超长";
            case UNAUTHORISED -> "账户被拒";
            case QUOTA -> "配额用尽";
            case THROTTLED -> "限流";
            case CARRIER_ERROR -> "运营方故障";
            case LINK_DOWN -> "链路中断";
            case UNANSWERED -> "未应答";
            case UNREACHABLE -> "关机或不在服务区";
            case DEVICE_FAULT -> "终端故障";
            case UNDELIVERABLE -> "无法送达";
            case EXPIRED -> "已过期";
            case DROPPED -> "发送前已停止";
            case INTERNAL -> "网关内部错误";
            case UNKNOWN_CODE -> "未知代码";
        };
    }

    static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    /** A duration as people say it. */
    static String duration(@Nullable Double seconds) {
        if (seconds == null) {
            return "未达到";
        }
        Duration whole = Duration.ofMillis(Math.round(seconds * 1000));
        if (whole.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f 秒", seconds);
        } else if (whole.toHours() < 1) {
            return whole.toMinutes() + " 分 " + whole.toSecondsPart() + " 秒";
        }
        return whole.toHours() + " 小时 " + whole.toMinutesPart() + " 分";
    }

    /** A share in per cent to a tenth, rounded down. */
    static String percent(@Nullable Double share) {
        return share == null ? "—" : Percent.words(share);
    }

    /** The same of what can be at most, cut up. */
    static String atMost(@Nullable Double share) {
        return share == null ? "—" : Percent.words(share, true);
    }

    /** The answer rate; where nobody was asked it says so, as that is not 0 %. */
    static String answerRate(@Nullable Double share) {
        return share == null ? "未叫应" : Percent.words(share);
    }

    /** How the answer rate came about. */
    static String answers(long addressed, long answered, String unit) {
        return addressed == 0 ? "没有要求责任人应答，无应答率" : count(addressed) + " " + unit + "中应答 " + count(answered);
    }

    /** A median of a group: a dash where nothing is measured, and so nothing can have been late. */
    static String median(GroupFigures group, @Nullable Double seconds) {
        return group.measured() == 0 ? "—" : duration(seconds);
    }

    /** Whom a warning is for, in words. */
    static String audience(IssueSummary summary) {
        String name = summary.about().audience();
        return summary.audiences().stream()
                .filter(row -> row.name().equals(name) && !row.title().isEmpty())
                .map(IssueSummary.Audience::title)
                .findFirst()
                .orElse(
                        name.equals(Audience.RESIDENTS)
                                ? "全体居民"
                                : name.equals(IssueSummary.RESPONSIBLE) ? "责任人" : name);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
