package org.tocsin.gateway.registry;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Position;

/**
 * A person as an import brings them.
 *
 * @param key tells persons apart: contacts with the same key are one person; 1 to 128 characters
 * @param name empty where not said
 * @param village the number of the home village
 * @param phone digits with the country's code; null where there is none
 * @param openid WeChat's; null where there is none
 * @param appToken the app's; null where there is none
 * @param email null where there is none
 * @param language an RFC 3066 tag
 * @param position of the household; null where unknown
 * @param audiences the names of the audiences besides {@link Audience#RESIDENTS}
 */
public record Person(
        String key,
        String name,
        int village,
        @Nullable String phone,
        @Nullable String openid,
        @Nullable String appToken,
        @Nullable String email,
        String language,
        @Nullable Position position,
        Set<String> audiences) {
    /** Copies the audiences, without {@link Audience#RESIDENTS}, to which everybody belongs. */
    public Person {
        if (audiences.contains(Audience.RESIDENTS)) {
            Set<String> others = new HashSet<>(audiences);
            others.remove(Audience.RESIDENTS);
            audiences = others;
        }
        audiences = Set.copyOf(audiences);
    }

    /** The address in a column, or null. */
    public @Nullable String address(Column column) {
        return switch (column) {
            case PHONE -> phone;
            case OPENID -> openid;
            case APP_TOKEN -> appToken;
            case EMAIL -> email;
        };
    }
}
