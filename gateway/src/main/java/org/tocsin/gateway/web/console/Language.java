package org.tocsin.gateway.web.console;

import java.util.Locale;
import java.util.Optional;

/** A language of the console. Each page is in one; the person chooses, Chinese is first. */
public enum Language {
    /** 中文. */
    ZH_CN("zh-CN", "中文"),
    /** English. */
    EN_US("en-US", "English");

    /** The cookie that keeps the choice; it says nothing about who has it. */
    public static final String COOKIE = "tocsin-language";

    private final String tag;
    private final String ownName;

    Language(String tag, String ownName) {
        this.tag = tag;
        this.ownName = ownName;
    }

    /** The BCP 47 tag, such as {@code zh-CN}. */
    public String tag() {
        return tag;
    }

    /** What the language calls itself. */
    public String ownName() {
        return ownName;
    }

    /** As Java's locale. */
    public Locale locale() {
        return Locale.forLanguageTag(tag);
    }

    /** The language of a tag, or empty where the console does not speak it. */
    public static Optional<Language> of(String tag) {
        for (Language language : values()) {
            if (language.tag.equals(tag)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /** The language of a locale that {@link #locale} gave. */
    static Language of(Locale locale) {
        return of(locale.toLanguageTag()).orElse(ZH_CN);
    }
}
