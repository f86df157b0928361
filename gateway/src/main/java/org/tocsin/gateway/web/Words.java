package org.tocsin.gateway.web;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.tocsin.alert.Level;
import org.tocsin.gateway.approval.WarningState;

/** Words of the public's page: Chinese first, English beside. */
final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm:ss xxx");

    private Words() {}

    static String time(OffsetDateTime at) {
        return at.format(TIME);
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
}
