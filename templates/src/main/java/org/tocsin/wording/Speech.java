package org.tocsin.wording;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes a text fit to be read aloud: no addresses, no abbreviations, numbers as one says them. */
final class Speech {
    private static final String SPOKEN_DIGITS = "零幺二三四五六七八九";
    private static final Pattern ADDRESS = Pattern.compile("(?i)(https?://|www\\.)[^\\s，。；）】]+");
    private static final Pattern BRACKETS = Pattern.compile("[\\[\\]【】()（）<>《》*#_|]+");
    private static final Pattern CHINESE_NUMBER =
            Pattern.compile("(?<![\\d.])\\d{3,4}-\\d{7,8}(?!\\d)|(?<![\\d.])\\d{5,}(?![\\d.])"
                    + "|(?<=拨打|拨|电话|热线|、|或|和)1[12]\\d(?!\\d|[万千百]|毫米|厘米|米|公里|人|户|小时|分钟|天)");
    private static final Pattern ENGLISH_NUMBER = Pattern.compile(
            "(?<![\\d.])\\d{3,4}-\\d{7,8}(?!\\d)|(?<![\\d.])\\d{5,}(?![\\d.])|\\b1(10|19|20|22)\\b(?= |,|\\.|;)");
    private static final Map<Pattern, String> CHINESE = new LinkedHashMap<>();
    private static final Map<Pattern, String> ENGLISH = new LinkedHashMap<>();

    static {
        chinese("(\\d{4})-0?(\\d{1,2})-0?(\\d{1,2})", "$1年$2月$3日");
        chinese("(?<!\\d)(\\d{1,2})[:：](\\d{2})(?![\\d:：])", "$1点$2分");
        chinese("(\\d)\\s*(?:mm|MM|㎜)(?![a-zA-Z])", "$1毫米");
        chinese("(\\d)\\s*(?:cm|㎝)(?![a-zA-Z])", "$1厘米");
        chinese("(\\d)\\s*(?:m3|m³|立方米)/s", "$1立方米每秒");
        chinese("(\\d)\\s*m/s", "$1米每秒");
        chinese("(\\d)\\s*km/h", "$1公里每小时");
        chinese("(\\d)\\s*(?:km|㎞|KM)(?![a-zA-Z])", "$1公里");
        chinese("(\\d)\\s*m(?![a-zA-Z])", "$1米");
        chinese("(\\d)\\s*h(?![a-zA-Z])", "$1小时");
        chinese("(?<![\\d.])[-－−](\\d+(?:\\.\\d+)?)\\s*(?:℃|°C)", "零下$1摄氏度");
        chinese("℃|°C", "摄氏度");
        chinese("(\\d+(?:\\.\\d+)?)\\s*[%％]", "百分之$1");
        chinese("(\\d)\\s*[-~～—－]\\s*(?=\\d{1,4}(?!\\d|-))", "$1到");
        chinese("Ⅳ|IV(?=级)", "四");
        chinese("Ⅲ|III(?=级)", "三");
        chinese("Ⅱ|II(?=级)", "二");
        chinese("Ⅰ|I(?=级)", "一");
        chinese("≥", "不低于");
        chinese("≤", "不超过");
        english("°\\s*C|℃", " degrees Celsius");
        english("(\\d)\\s*mm\\b", "$1 millimetres");
        english("(\\d)\\s*cm\\b", "$1 centimetres");
        english("(\\d)\\s*km/h\\b", "$1 kilometres per hour");
        english("(\\d)\\s*m/s\\b", "$1 metres per second");
        english("(\\d)\\s*km\\b", "$1 kilometres");
        english("(\\d)\\s*m\\b", "$1 metres");
        english("(\\d)\\s*(?:h|hrs?)\\b\\.?", "$1 hours");
        english("(\\d)\\s*min\\b\\.?", "$1 minutes");
        english("\\s*%", " percent");
        english("(\\d)\\s*[-~–—]\\s*(?=\\d{1,4}(?!\\d|-))", "$1 to ");
        english("\\be\\.g\\.", "for example");
        english("\\bi\\.e\\.", "that is");
        english("(?i)\\bapprox\\.", "approximately");
        english("(?i)\\bdept\\.", "department");
        english("(?i)\\bbldg\\.", "building");
        english("(?i)\\btel\\.?(?=[ :])", "telephone");
        english("&", " and ");
        english("≥", "at least ");
        english("≤", "at most ");
    }

    private Speech() {}

    /** The text as one reads it aloud. */
    static String spoken(String text, boolean chinese) {
        String spoken = ADDRESS.matcher(text).replaceAll("");
        spoken = (chinese ? CHINESE_NUMBER : ENGLISH_NUMBER)
                .matcher(spoken)
                .replaceAll(number -> digits(number, chinese));
        for (Map.Entry<Pattern, String> rule : (chinese ? CHINESE : ENGLISH).entrySet()) {
            spoken = rule.getKey().matcher(spoken).replaceAll(rule.getValue());
        }
        spoken = BRACKETS.matcher(spoken).replaceAll(chinese ? "，" : " ");
        return Plain.line(spoken.replace('/', chinese ? '、' : ' '))
                .replaceAll("[，、]+(?=[，。；！？])|(?<=[，。；！？、])[，、]+", "")
                .replaceAll("^[，、]+", "")
                .replaceAll(" +(?=[,.;:!?])", "");
    }

    /** A telephone number or code, digit by digit. */
    private static String digits(MatchResult number, boolean chinese) {
        StringBuilder digits = new StringBuilder();
        for (char digit : number.group().toCharArray()) {
            if (digit == '-') {
                digits.append(chinese ? "，" : ",");
            } else if (chinese) {
                digits.append(SPOKEN_DIGITS.charAt(digit - '0'));
            } else {
                digits.append(digits.isEmpty() ? "" : " ").append(digit);
            }
        }
        return digits.toString();
    }

    private static void chinese(String pattern, String replacement) {
        CHINESE.put(Pattern.compile(pattern), replacement);
    }

    private static void english(String pattern, String replacement) {
        ENGLISH.put(Pattern.compile(pattern), replacement);
    }
}
