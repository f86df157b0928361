package org.tocsin.wording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.ResponseType;
import org.tocsin.alert.Status;
import org.tocsin.channel.Message;

class WordingTest {
    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en-US"})
    void keepsIssuerHazardLevelAndActionOfEveryHazardOnEveryChannel(String language) {
        for (String hazard : Catalogue.hazards()) {
            for (Level level : Level.values()) {
                for (MsgType msgType : List.of(MsgType.ALERT, MsgType.UPDATE, MsgType.CANCEL)) {
                    for (Status status : List.of(Status.ACTUAL, Status.EXERCISE, Status.TEST)) {
                        check(language, hazard, level, msgType, status);
                    }
                }
            }
        }
    }

    private static void check(String language, String hazard, Level level, MsgType msgType, Status status) {
        Catalogue catalogue = Catalogue.of(language);
        Issues base = language.equals("zh-CN") ? Issues.chinese(level) : Issues.english(level);
        Issues issue =
                base.of(catalogue.name(hazard), codeOf(hazard)).as(msgType).with(status);
        String action = msgType == MsgType.CANCEL ? catalogue.text("cancel.do") : catalogue.action(hazard, level);
        for (String channel : Issues.CHANNELS) {
            Message message = issue.on(channel);
            String all = squeezed(Issues.all(message));
            String where = channel + " " + language + " " + hazard + " " + level + " " + msgType + " " + status + ": "
                    + message.parts();
            assertFits(channel, message, WordingSettings.standard(), where);
            assertTrue(all.contains(squeezed(String.valueOf(issue.issuer()))), "issuer " + where);
            assertTrue(all.contains(squeezed(catalogue.name(hazard))), "hazard " + where);
            assertTrue(all.contains(squeezed(catalogue.level(level))), "level " + where);
            assertTrue(all.contains(squeezed(firstClause(action))), "action " + where);
            assertEquals(status != Status.ACTUAL, marked(channel, language, message), "mark " + where);
            assertEquals(
                    msgType == MsgType.CANCEL,
                    all.contains("解除") || all.contains("isover") || all.contains("endsitswarning"),
                    "over " + where);
        }
    }

    private static boolean marked(String channel, String language, Message message) {
        String mark = language.equals("zh-CN") ? "【演练】" : "[EXERCISE]";
        return switch (channel) {
            case "sms" -> message.part("text").startsWith(mark);
            case "loudspeaker" ->
                message.part("script").contains(language.equals("zh-CN") ? "这是演练" : "Exercise")
                        || message.part("script").contains("演练，演练");
            case "screen" -> message.part("line1").startsWith(mark);
            case "wechat" -> message.part("first").startsWith(mark);
            case "app" ->
                message.part("title").startsWith(mark) && message.part("body").startsWith(mark);
            case "email" ->
                message.part("subject").startsWith(mark)
                        && message.part("text").startsWith(mark)
                        && message.part("html").contains(">" + mark);
            default ->
                message.part("title").startsWith(mark) && message.part("text").startsWith(mark);
        };
    }

    static void assertFits(String channel, Message message, WordingSettings settings, String where) {
        message.parts().values().forEach(part -> assertFalse(part.isBlank(), where));
        switch (channel) {
            case "sms" -> assertTrue(Segments.of(message.part("text")).count() <= settings.smsSegments(), where);
            case "loudspeaker" ->
                assertTrue(
                        message.part("script").length()
                                <= settings.loudspeakerCharacters()
                                        * (message.language().startsWith("en") ? 3 : 1),
                        where);
            case "screen" -> {
                assertTrue(message.parts().size() <= settings.screenLines(), where);
                message.parts()
                        .values()
                        .forEach(line -> assertTrue(Columns.width(line) <= settings.screenWidth(), where));
            }
            case "wechat" -> {
                assertEquals(6, message.parts().size(), where);
                message.parts()
                        .forEach((name, text) -> assertTrue(
                                text.length()
                                        <= (name.startsWith("key") ? settings.wechatField() : settings.wechatText()),
                                where));
            }
            case "app" -> {
                assertTrue(message.part("title").getBytes(UTF_8).length <= settings.appTitleBytes(), where);
                assertTrue(message.part("body").getBytes(UTF_8).length <= settings.appBodyBytes(), where);
            }
            case "email" -> assertTrue(message.part("subject").length() <= settings.emailSubject(), where);
            default -> {}
        }
    }

    @Test
    void writesAChineseShortMessage() {
        assertEquals(
                "夏邑县气象台7月21日8时30分发布暴雨红色预警。短时间内雨量很大，低洼处易积水，河沟易涨水，山边易滑坡。立即停止户外活动，转移到高处安全的地方。"
                        + "低洼、河边、山边和危房里的人员马上撤离，不要涉水和开车过积水路段，断开被淹房屋的电源。",
                Issues.chinese(Level.I).on("sms").part("text"));
    }

    @Test
    void prefersWhatTheIssuerSaysToTheCatalogue() {
        Message message = Issues.chinese(Level.I)
                .saying("过去三小时车站镇降雨一百二十毫米。", "请沟边群众立即到村小学避险。")
                .on("sms");

        assertTrue(message.part("text").endsWith("预警。过去三小时车站镇降雨一百二十毫米。请沟边群众立即到村小学避险。"), message.part("text"));
    }

    @Test
    void letsTheDescriptionGoBeforeTheAction() {
        String action = "请沟边群众立即到村小学避险。";
        String text = Issues.chinese(Level.I)
                .saying("雨下得很大，河水上涨。".repeat(50), action)
                .on("sms")
                .part("text");

        assertEquals(3, Segments.of(text).count());
        assertTrue(text.endsWith("河水上涨。" + action), text);
    }

    @Test
    void cutsALongActionAtASentenceAndKeepsItsBeginning() {
        String text = Issues.chinese(Level.II)
                .saying("雨下得很大。", "马上转移到高处。" + "带好随身物品，关好门窗。".repeat(60))
                .on("sms")
                .part("text");

        assertTrue(text.contains("马上转移到高处。带好随身物品"), text);
        assertTrue(text.endsWith("关好门窗。"), text);
        assertFalse(text.contains("雨下得很大"), text);
    }

    @Test
    void cutsAnEndlessSentenceAtAClause() {
        String text = Issues.chinese(Level.II)
                .saying(null, "请马上转移到高处，带好随身物品，" + "关好门窗，".repeat(100))
                .on("sms")
                .part("text");

        assertTrue(text.endsWith("关好门窗…"), text);
    }

    @Test
    void namesTheSenderWhereNobodyIsNamed() {
        assertTrue(Issues.chinese(Level.I).by(null).on("sms").part("text").startsWith("xiayi.weather.example"));
    }

    @ParameterizedTest
    @CsvSource({"暴雨事件,暴雨", "暴雨红色预警,暴雨", "暴雨红色预警[I级/特别重大],暴雨", "山洪灾害事件,山洪", "地质灾害气象风险橙色预警信号,地质灾害气象风险", "红色预警,暴雨"})
    void namesTheHazardWithoutItsLevelTwice(String event, String hazard) {
        String text = Issues.chinese(Level.I).of(event, "11B03").on("wechat").part("keyword1");

        assertEquals(hazard + "红色预警", text);
    }

    @ParameterizedTest
    @CsvSource({"Rainstorm Red Warning,Rainstorm", "Red Rainstorm Warning,Red Rainstorm", "Fire alert,Fire"})
    void namesTheEnglishHazardWithoutItsLevelTwice(String event, String hazard) {
        assertEquals(
                hazard + ": Red warning",
                Issues.english(Level.I).of(event, "11B03").on("wechat").part("keyword1"));
    }

    @ParameterizedTest
    @CsvSource({"森林火险,firedanger", "雷雨大风,thundergale", "大暴雨,rainstorm", "不明飞行物,other"})
    void findsTheHazardByTheWordsOfAnEventWithoutAKnownCode(String event, String hazard) {
        String text = Issues.chinese(Level.II).of(event, "12345").on("sms").part("text");

        assertTrue(text.contains(firstClause(Catalogue.of("zh-CN").action(hazard, Level.II))), text);
    }

    @Test
    void knowsTheCodesThatACountyMeets() {
        Map<String, String> codes = Catalogue.codes();

        for (String code :
                List.of("11A01", "11A51", "11B01", "11B19", "11B20", "11B21", "11B25", "11B37", "11C02", "11D01")) {
            assertTrue(codes.containsKey(code), code);
        }
    }

    @Test
    void keepsAHeadlineThatSaysMore() {
        String text = Issues.chinese(Level.I).headed("车站镇河段将漫堤").on("sms").part("text");

        assertTrue(text.contains("预警。车站镇河段将漫堤。"), text);
    }

    @Test
    void leavesOutAHeadlineThatRepeatsTheHead() {
        String text = Issues.chinese(Level.I)
                .headed("夏邑县气象台发布暴雨红色预警[I级/特别重大]")
                .on("sms")
                .part("text");

        assertEquals(text.indexOf("红色"), text.lastIndexOf("红色"), text);
    }

    @ParameterizedTest
    @EnumSource(
            value = ResponseType.class,
            names = {"SHELTER", "EVACUATE", "PREPARE", "EXECUTE", "AVOID"})
    void doesNotRepeatTheOrdersOfAWarningThatIsOver(ResponseType order) {
        String text = Issues.chinese(Level.I)
                .as(MsgType.CANCEL)
                .asking(order)
                .saying("大雨倾盆。", "立即撤离。")
                .on("sms")
                .part("text");

        assertFalse(text.contains("立即撤离"), text);
        assertTrue(text.contains("解除暴雨红色预警。预警已经解除，可以逐步恢复正常活动。"), text);
    }

    @Test
    void saysWhatACancelItselfSays() {
        String text = Issues.chinese(Level.I)
                .as(MsgType.CANCEL)
                .asking(ResponseType.ALL_CLEAR)
                .saying("降雨已经结束。", "可以返回家中。")
                .on("sms")
                .part("text");

        assertTrue(text.endsWith("降雨已经结束。可以返回家中。"), text);
    }

    @Test
    void putsAnEnglishTextIntoGsmWhereItCan() {
        String text = Issues.english(Level.II)
                .saying("It’s raining – hard.", "Don’t go out.")
                .on("sms")
                .part("text");

        assertEquals(Segments.Alphabet.GSM_7, Segments.of(text).alphabet(), text);
    }

    @Test
    void escapesHtml() {
        String html = Issues.english(Level.I)
                .by("<script>alert(1)</script>\"'&")
                .saying("a <b>bold</b> & \"quoted\" word", "<img src=x onerror=alert(1)>")
                .on("email")
                .part("html");

        assertFalse(html.contains("<script") || html.contains("<img") || html.contains("<b>"), html);
        assertTrue(html.contains("&lt;img src=x onerror=alert(1)&gt;"), html);
        assertTrue(html.contains("<a href=\"https://example.org/w/1?a=1&amp;b=2\">"), html);
    }

    @Test
    void letsNoLineBreakIntoASubject() {
        Message message = Issues.english(Level.I)
                .by("Bureau\r\nBcc: all@example.org")
                .of("Rain\u2028X-Evil: 1\u0000", "11B03")
                .on("email");

        assertTrue(message.part("subject").chars().noneMatch(Character::isISOControl));
        assertFalse(message.part("subject").contains("\u2028"));
    }

    @Test
    void keepsTheParagraphsOfAnEmail() {
        String text = Issues.chinese(Level.I)
                .saying("第一段。\r\n\r\n\r\n\r\n第二段。", null)
                .on("email")
                .part("text");

        assertTrue(text.contains("第一段。\n\n第二段。"), text);
    }

    @Test
    void fitsTheSmallestLimits() {
        WordingSettings smallest = new WordingSettings(2, 1, 400, 12, 16, 20, 80, 60, 240, 60, 500);
        for (String channel : Issues.CHANNELS) {
            for (Issues issue : List.of(Issues.chinese(Level.I), Issues.english(Level.I))) {
                Message message = issue.saying("长".repeat(5000), "请马上转移到高处。" + "x ".repeat(3000))
                        .with(Status.EXERCISE)
                        .on(channel, smallest);
                assertFits(channel, message, smallest, channel + message.parts());
                assertTrue(squeezed(Issues.all(message)).contains("请马上转移到高处"), channel + message.parts());
            }
        }
    }

    static String codeOf(String hazard) {
        return Catalogue.codes().entrySet().stream()
                .filter(entry -> entry.getValue().equals(hazard))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElse("19000");
    }

    static String firstClause(String text) {
        return text.split("[。，；,;.]", 2)[0];
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s", "");
    }
}
