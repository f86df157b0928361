package org.tocsin.gateway.issue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.sourceforge.pinyin4j.PinyinHelper;
import net.sourceforge.pinyin4j.format.HanyuPinyinCaseType;
import net.sourceforge.pinyin4j.format.HanyuPinyinOutputFormat;
import net.sourceforge.pinyin4j.format.HanyuPinyinToneType;
import net.sourceforge.pinyin4j.format.HanyuPinyinVCharType;
import net.sourceforge.pinyin4j.format.exception.BadHanyuPinyinOutputFormatCombination;

/**
 * How a Chinese character can be read: every reading in lower-case letters without tone. A reading with ü is known by
 * {@code v} and by {@code u}, as people type both. May be used by any thread.
 */
final class Readings {
    private static final HanyuPinyinOutputFormat PLAIN = new HanyuPinyinOutputFormat();
    private static final Map<Character, String[]> KNOWN = new ConcurrentHashMap<>();

    static {
        PLAIN.setCaseType(HanyuPinyinCaseType.LOWERCASE);
        PLAIN.setToneType(HanyuPinyinToneType.WITHOUT_TONE);
        PLAIN.setVCharType(HanyuPinyinVCharType.WITH_V);
    }

    private Readings() {}

    /** All readings of a character; itself in lower case where it is none that is read so. */
    static String[] of(char character) {
        return KNOWN.computeIfAbsent(character, Readings::look);
    }

    private static String[] look(char character) {
        Set<String> readings = new TreeSet<>();
        try {
            String[] found = PinyinHelper.toHanyuPinyinStringArray(character, PLAIN);
            for (String reading : found == null ? new String[0] : found) {
                readings.add(reading);
                readings.add(reading.replace('v', 'u'));
            }
        } catch (BadHanyuPinyinOutputFormatCombination impossible) {
            throw new IllegalStateException(impossible);
        }
        return readings.isEmpty()
                ? new String[] {String.valueOf(Character.toLowerCase(character))}
                : readings.toArray(String[]::new);
    }
}
