package org.tocsin.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Finds people for those who keep the registry: a few at a time, and masked, so that nobody reads it out. Any thread; a
 * search by name or digits looks at everybody in the division, some tenths of a second for a million.
 */
public final class Directory {
    /** How many are shown at most; who wants others must say more. */
    public static final int MOST = 20;

    private static final int LEAST_DIGITS = 4;

    /**
     * Whom somebody looks for; empty fields say nothing.
     *
     * @param name a part of the name
     * @param key the person's key, whole
     * @param digits the last digits of the telephone number, four at least
     * @param division the code of a division in which they live
     */
    public record Query(String name, String key, String digits, String division) {
        /** Whether it says enough to look for somebody. */
        public boolean isEnough() {
            return !name.isEmpty() || !key.isEmpty() || digits.length() >= LEAST_DIGITS;
        }
    }

    /**
     * Somebody, masked.
     *
     * @param number their number in the registry
     * @param name the name, its first character alone
     * @param village where they live
     * @param phone the telephone number without its middle; null where there is none
     * @param columns the kinds of addresses that they have
     * @param isProbe whether an Exercise or Test may reach them
     */
    public record Entry(
            int number, String name, Division village, @Nullable String phone, List<String> columns, boolean isProbe) {}

    /**
     * Who was found.
     *
     * @param entries at most {@link #MOST}
     * @param more whether there are more
     */
    public record Found(List<Entry> entries, boolean more) {}

    private Directory() {}

    /** Who is meant; nobody where the query does not say enough. */
    public static Found find(RegistryView view, Query query) {
        if (!query.isEnough()) {
            return new Found(List.of(), false);
        }
        People people = view.people();
        List<Entry> found = new ArrayList<>();
        if (!query.key().isEmpty()) {
            int number = people.find(query.key());
            if (number >= 0 && matches(view, query, number)) {
                found.add(entry(view, number));
            }
            return new Found(found, false);
        }
        IntIterator candidates = candidates(view, query).getIntIterator();
        while (candidates.hasNext()) {
            int number = candidates.next();
            if (matches(view, query, number)) {
                if (found.size() == MOST) {
                    return new Found(found, true);
                }
                found.add(entry(view, number));
            }
        }
        return new Found(found, false);
    }

    /** Somebody by number, masked; null where there is nobody. */
    public static @Nullable Entry find(RegistryView view, int number) {
        return number < 0 || number >= view.people().size() || view.people().isRemoved(number)
                ? null
                : entry(view, number);
    }

    /** The key of somebody; null where there is nobody of this number. */
    public static @Nullable String key(RegistryView view, int number) {
        return find(view, number) == null ? null : new String(view.people().key(number), UTF_8);
    }

    /** A telephone number without its middle: enough to recognise, not to call. */
    public static String masked(String phone) {
        int shown = Math.min(4, phone.length() / 3);
        return phone.substring(0, Math.min(3, phone.length() / 3)) + "****" + phone.substring(phone.length() - shown);
    }

    private static RoaringBitmap candidates(RegistryView view, Query query) {
        RoaringBitmap in = new RoaringBitmap();
        People people = view.people();
        if (query.division().isEmpty()) {
            in.or(people.audience(Audience.RESIDENTS));
            in.or(people.audience(Audience.PROBE));
            return in;
        }
        view.divisions().villagesUnder(prefix(query.division())).forEach((int village) -> {
            in.or(people.inVillage(village));
            in.or(people.probesInVillage(village));
        });
        return in;
    }

    private static boolean matches(RegistryView view, Query query, int number) {
        People people = view.people();
        if (people.isRemoved(number)) {
            return false;
        }
        if (!query.name().isEmpty()
                && !people.name(number)
                        .toLowerCase(Locale.ROOT)
                        .contains(query.name().toLowerCase(Locale.ROOT))) {
            return false;
        }
        if (!query.digits().isEmpty()) {
            String phone = people.address(Column.PHONE.word(), number);
            if (phone == null || !phone.endsWith(query.digits())) {
                return false;
            }
        }
        return query.division().isEmpty()
                || view.divisions().village(people.villageOf(number)).code().startsWith(prefix(query.division()));
    }

    private static String prefix(String division) {
        return Division.isCode(division)
                ? division.substring(0, DivisionLevel.of(division).digits())
                : division;
    }

    private static Entry entry(RegistryView view, int number) {
        People people = view.people();
        String name = people.name(number);
        List<String> columns = new ArrayList<>();
        for (Column column : Column.values()) {
            if (people.address(column.word(), number) != null) {
                columns.add(column.word());
            }
        }
        String phone = people.address(Column.PHONE.word(), number);
        return new Entry(
                number,
                name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1)) + "**",
                view.divisions().village(people.villageOf(number)),
                phone == null ? null : masked(phone),
                columns,
                people.isProbe(number));
    }
}
