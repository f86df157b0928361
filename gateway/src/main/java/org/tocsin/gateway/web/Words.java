package org.tocsin.gateway.web;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.WarningState;

/** The console's words: Chinese first, English beside. */
final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm:ss xxx");

    private Words() {}

    static String time(OffsetDateTime at) {
        return at.format(TIME);
    }

    /** A time as the contract writes it, in words; what is no time stays as it is. */
    static String time(String written) {
        try {
            return time(OffsetDateTime.parse(written));
        } catch (DateTimeParseException none) {
            return written;
        }
    }

    /** A tag with the level's colour as a word too. */
    static String level(Level level) {
        return "<span class=\"level level-" + level.name() + "\">" + level.chineseColour() + " " + roman(level) + "级 "
                + level.colour() + "</span>";
    }

    private static String roman(Level level) {
        return switch (level) {
            case I -> "Ⅰ";
            case II -> "Ⅱ";
            case III -> "Ⅲ";
            case IV -> "Ⅳ";
        };
    }

    static String state(WarningState state) {
        return switch (state) {
            case DRAFT -> "草稿 Draft";
            case IN_REVIEW -> "待审核 In review";
            case AWAITING_SIGNATURE -> "待签发 Awaiting signature";
            case RETURNED -> "已退回 Returned";
            case REJECTED -> "已否决 Rejected";
            case SIGNED -> "已签发 Signed";
            case DISPATCHING -> "发布中 Dispatching";
            case ACTIVE -> "生效中 Active";
            case STOPPED -> "已停止 Stopped";
            case SUPERSEDED -> "已更新 Superseded";
            case CANCELLED -> "已解除 Cancelled";
            case EXPIRED -> "已过期 Expired";
            case CLOSED -> "已结束 Closed";
        };
    }

    static String role(Role role) {
        return switch (role) {
            case ISSUER -> "拟稿 issuer";
            case REVIEWER -> "审核 reviewer";
            case SIGNER -> "签发 signer";
            case AGENCY -> "部门 agency";
            case AUDITOR -> "审计 auditor";
            case ADMIN -> "管理 admin";
            case WITNESS -> "见证 witness";
        };
    }

    static String channel(String name) {
        return switch (name) {
            case "sms" -> "短信 SMS";
            case "loudspeaker" -> "应急广播 Loudspeaker";
            case "screen" -> "电子显示屏 Screen";
            case "wechat" -> "微信 WeChat";
            case "app" -> "应用推送 App";
            case "email" -> "邮件 E-mail";
            case "relay" -> "转发 Relay";
            default -> name;
        };
    }

    static String verdict(String word) {
        return switch (word) {
            case "met" -> "达标 Met";
            case "likely" -> "可能达标 Likely met";
            case "missed" -> "未达标 Missed";
            default -> word;
        };
    }
}
