package org.tocsin.wording;

/**
 * The limits that rendered messages keep.
 *
 * @param smsSegments the most short messages for one text, 2 to 10
 * @param loudspeakerRepeats how often a loudspeaker says its text, 1 to 5
 * @param loudspeakerCharacters the most characters of a script in zh-CN, all repeats together, 400 to 5,000; in other
 *     languages three times as many
 * @param screenLines the most lines of a screen, 3 to 40
 * @param screenWidth columns of a line, 16 to 200; a Chinese character takes two
 * @param wechatField the most characters of a keyword, 20 to 200
 * @param wechatText the most characters of first and of remark, 80 to 1,000
 * @param appTitleBytes the most bytes of a push's title in UTF-8, 60 to 500
 * @param appBodyBytes the most bytes of a push's body in UTF-8, 240 to 3,000
 * @param emailSubject the most characters of an e-mail's subject, 60 to 250
 * @param emailText the most characters of each text inside an e-mail, 500 to 50,000
 */
public record WordingSettings(
        int smsSegments,
        int loudspeakerRepeats,
        int loudspeakerCharacters,
        int screenLines,
        int screenWidth,
        int wechatField,
        int wechatText,
        int appTitleBytes,
        int appBodyBytes,
        int emailSubject,
        int emailText) {
    /** Refuses what is out of range. */
    public WordingSettings {
        require("smsSegments", smsSegments, 2, 10);
        require("loudspeakerRepeats", loudspeakerRepeats, 1, 5);
        require("loudspeakerCharacters", loudspeakerCharacters, 400, 5000);
        if (loudspeakerCharacters < 200 * loudspeakerRepeats) {
            throw new IllegalArgumentException("a loudspeaker needs at least 200 characters for each repeat");
        }
        require("screenLines", screenLines, 3, 40);
        require("screenWidth", screenWidth, 16, 200);
        if (screenLines * screenWidth < 192) {
            throw new IllegalArgumentException("a screen needs at least 192 columns on all its lines together");
        }
        require("wechatField", wechatField, 20, 200);
        require("wechatText", wechatText, 80, 1000);
        require("appTitleBytes", appTitleBytes, 60, 500);
        require("appBodyBytes", appBodyBytes, 240, 3000);
        require("emailSubject", emailSubject, 60, 250);
        require("emailText", emailText, 500, 50_000);
    }

    /** Three segments, two repeats, eight lines of 32 columns, what WeChat, push services and mailers take. */
    public static WordingSettings standard() {
        return new WordingSettings(3, 2, 1200, 8, 32, 64, 300, 120, 900, 120, 10_000);
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", was " + value);
        }
    }
}
