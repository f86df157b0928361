package org.tocsin.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.alert.Level;
import org.tocsin.alert.Status;

class SpeechTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3小时降雨120mm|3小时降雨120毫米",
                "风速25m/s，阵风10-11级|风速25米每秒，阵风10到11级",
                "最低气温-5℃|最低气温零下5摄氏度",
                "最高37.5°C|最高37.5摄氏度",
                "概率80%|概率百分之80",
                "咨询电话0370-6212379。|咨询电话零三七零，六二幺二三七九。",
                "请拨打12379|请拨打幺二三七九",
                "拨打110、119或120。|拨打幺幺零、幺幺九或幺二零。",
                "23:46开始|23点46分开始",
                "2026-07-21有雨|2026年7月21日有雨",
                "详见https://example.org/w/1。|详见。",
                "【重要】请转移（马上）|重要，请转移，马上，",
                "III级响应|三级响应",
                "流量1200m³/s|流量1200立方米每秒",
            })
    void speaksChinese(String written, String spoken) {
        assertEquals(spoken.replaceAll("，$", ""), Speech.spoken(written, true).replaceAll("，$", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120mm in 3h|120 millimetres in 3 hours",
                "Gusts of 25 m/s, 90 km/h|Gusts of 25 metres per second, 90 kilometres per hour",
                "10-12°C|10 to 12 degrees Celsius",
                "80% sure|80 percent sure",
                "Call 12379 now|Call 1 2 3 7 9 now",
                "Food & water, e.g. bread|Food and water, for example bread",
            })
    void speaksEnglish(String written, String spoken) {
        assertEquals(spoken, Speech.spoken(written, false));
    }

    @Test
    void saysItTwiceByDefaultAndTheExerciseEachTime() {
        String script =
                Issues.chinese(Level.I).with(Status.EXERCISE).on("loudspeaker").part("script");

        assertTrue(script.startsWith("请注意，请注意。演练，演练。"), script);
        assertEquals(3, script.split("不是真实预警", -1).length, script);
        assertEquals(3, script.split("立即停止户外活动", -1).length, script);
        assertTrue(script.contains("现在重复一遍。"), script);
    }

    @Test
    void tellsTheLevelInWordsAndSaysNoAbbreviation() {
        String script = Issues.chinese(Level.I).on("loudspeaker").part("script");

        assertTrue(script.contains("红色预警，这是最高的一级预警"), script);
        assertFalse(script.contains("I级") || script.contains("["), script);
    }
}
