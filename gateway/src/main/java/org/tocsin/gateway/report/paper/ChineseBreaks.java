package org.tocsin.gateway.report.paper;

import com.lowagie.text.SplitCharacter;
import com.lowagie.text.pdf.PdfChunk;
import org.jspecify.annotations.Nullable;

/**
 * Where a line may end: behind any Chinese character, but so that no line begins with a closing mark or ends with an
 * opening one; behind a blank or a hyphen elsewhere. Source: GB/T 15834-2011, 5.1.
 */
final class ChineseBreaks implements SplitCharacter {
    private static final String NEVER_FIRST = "，。、；：？！）】》〉」』”’…％%‰℃〕,.;:?!)]}";
    private static final String NEVER_LAST = "（【《〈「『“‘〔([{";

    @Override
    public boolean isSplitCharacter(int start, int current, int end, char[] characters, PdfChunk @Nullable [] chunks) {
        char here = characters[current];
        char next = current + 1 < end && current + 1 < characters.length ? characters[current + 1] : ' ';
        if (NEVER_LAST.indexOf(here) >= 0 || NEVER_FIRST.indexOf(next) >= 0 || Character.isLowSurrogate(next)) {
            return false;
        }
        return here <= ' ' || here == '-' || here == '\u2010' || isChinese(here) || isChinese(next);
    }

    /** Ideographs and the full-width marks among them. */
    private static boolean isChinese(char c) {
        return (c >= 0x2E80 && c < 0xD7A4)
                || (c >= 0xF900 && c < 0xFB00)
                || (c >= 0xFE30 && c < 0xFE50)
                || (c >= 0xFF00 && c < 0xFF61)
                || Character.isLowSurrogate(c);
    }
}
