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

/** The words of reports on paper. */
final class ChineseWords {
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

    static String channel(String name) {
        return switch (name) {
            case "sms" -> "短信";
            case "loudspeaker" -> "应急广播";
            case "screen" -> "电子显示屏";
            case "wechat" -> "微信";
            case "app" -> "应用推送";
            case "email" -> "电子邮件";
            case "relay" -> "转发";
            default -> name;
        };
    }

    /** A reason by its label; one that this version does not know stays as it is. */
    static String reason(String label) {
        for (Reason reason : Reason.values()) {
            if (reason.label().equals(label)) {
                return reason(reason);
            }
        }
        return label;
    }

    private static String reason(Reason reason) {
        return switch (reason) {
            case NO_ADDRESS -> "没有地址";
            case INVALID_ADDRESS -> "地址无效";
            case UNKNOWN_SUBSCRIBER -> "用户不存在";
            case OPTED_OUT -> "已退订或屏蔽";
            case NOT_A_PROBE -> "演练不发公众";
            case CONTENT_REFUSED -> "内容被拒";
            case TOO_LONG -> "内容超长";
            case UNAUTHORISED -> "账号被拒";
            case QUOTA -> "额度用尽";
            case THROTTLED -> "被限速";
            case CARRIER_ERROR -> "运营商故障";
            case LINK_DOWN -> "链路中断";
            case UNANSWERED -> "提交后无应答";
            case UNREACHABLE -> "关机或不在服务区";
            case DEVICE_FAULT -> "终端故障";
            case UNDELIVERABLE -> "无法送达（原因不明）";
            case EXPIRED -> "超过有效期";
            case DROPPED -> "发送前已停止";
            case INTERNAL -> "本系统故障";
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

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
