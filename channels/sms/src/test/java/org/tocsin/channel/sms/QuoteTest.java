package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.channel.InvalidSettings;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Manner;
import org.tocsin.channel.Message;
import org.tocsin.channel.Quote;

/** What a message takes on a link is known before anything is sent. */
class QuoteTest {
    @ParameterizedTest
    @CsvSource({
        "smpp,雨,70,,1,UCS-2,35", "smpp,雨,71,,2,UCS-2,70", "smpp,a,160,,1,GSM-7,35", "smpp,a,161,,2,GSM-7,70",
        "smpp,€,81,,2,GSM-7,70", "cmpp,a,159,,1,GSM-7,35", "cmpp,a,160,,2,GSM-7,70", "cmpp,€,70,,1,UCS-2,35",
        "cmpp,雨,66,夏邑,1,UCS-2,35", "cmpp,雨,67,夏邑,2,UCS-2,70", "aliyun,a,67,夏邑,2,UCS-2,70", "smgp,雨,135,,3,UCS-2,105",
        "sgip,雨,1,,1,UCS-2,35"
    })
    void aMessageHasAsManyPiecesAsTheCarrierCounts(
            String protocol, String character, int times, String signature, int pieces, String encoding, long price) {
        Map<String, String> settings = new HashMap<>(settings(protocol));
        if (signature != null) {
            settings.put("signature", signature);
        }
        Message message = new Message("zh-CN", Map.of("text", character.repeat(times)));

        Quote quote = new SmsChannel().quote(new LinkSettings("l", settings), message);

        int added = signature == null ? 0 : signature.length() + 2;
        assertEquals(new Quote(pieces, encoding, times + added, price), quote);
    }

    @Test
    void aMessageThatAsksForUcs2HasFewerCharactersAPiece() {
        Manner wide = new Manner(false, Manner.Encoding.UCS2, "");
        Message message = new Message("en-US", Map.of("text", "a".repeat(71)), wide);

        assertEquals(
                2,
                new SmsChannel()
                        .quote(new LinkSettings("l", settings("smpp")), message)
                        .pieces());
    }

    @Test
    void aPayloadIsOnePduAndAsManyPiecesOnTheAir() {
        ShortText cut = ShortText.of("雨".repeat(140), 1).asPayload();

        assertEquals(1, cut.segments().size());
        assertEquals(280, cut.segments().get(0).length);
        assertEquals(3, cut.pieces());
    }

    @Test
    void wrongSettingsAreRefused() {
        Message message = new Message("zh-CN", Map.of("text", "雨"));

        assertThrows(InvalidSettings.class, () -> new SmsChannel()
                .quote(new LinkSettings("l", Map.of("protocol", "smtp")), message));
    }

    private static Map<String, String> settings(String protocol) {
        Map<String, String> all = new HashMap<>(Map.of("protocol", protocol, "price", "35"));
        if (protocol.equals("aliyun")) {
            all.putAll(Map.of("key", "k", "secret", "s", "template", "t", "callbackToken", "0123456789abcdef"));
        } else {
            all.putAll(Map.of("host", "h", "port", "1", "systemId", "s", "password", "p"));
        }
        if (protocol.equals("sgip")) {
            all.putAll(Map.of("node", "3037012345", "corpId", "12345"));
            all.putAll(Map.of("listenPort", "1", "listenName", "n", "listenPassword", "p"));
        }
        return all;
    }
}
