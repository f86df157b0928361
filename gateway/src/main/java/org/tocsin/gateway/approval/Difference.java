package org.tocsin.gateway.approval;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Area;
import org.tocsin.alert.Info;
import org.tocsin.alert.Polygon;
import org.tocsin.alert.Position;
import org.tocsin.gateway.approval.FieldChange.Field;
import org.tocsin.gateway.approval.WordChange.Kind;

/** What differs between two versions of a warning, or between an Update and what it updates; only what differs. */
public final class Difference {
    private final List<FieldChange> changes = new ArrayList<>();

    private Difference() {}

    /**
     * Compares field by field. Infos are matched by language in their order; one that has no partner is all new, or all
     * gone. Identifier, sender and times of sending are left out: they always differ, and nobody decides on them.
     *
     * @return the fields that differ, those of the alert first, then those of its contents; empty where none does
     */
    public static List<FieldChange> between(Warning before, Warning after) {
        Difference difference = new Difference();
        difference.word(
                Field.STATUS,
                "",
                before.alert().status().word(),
                after.alert().status().word());
        difference.word(
                Field.MSG_TYPE,
                "",
                before.alert().msgType().word(),
                after.alert().msgType().word());
        difference.word(Field.LEVEL, "", before.level().name(), after.level().name());
        difference.word(Field.AUDIENCE, "", before.audience(), after.audience());
        difference.list(Field.CHANNELS, "", before.channels(), after.channels());
        Map<String, Info> old = byLanguage(before.alert().infos());
        Map<String, Info> young = byLanguage(after.alert().infos());
        Set<String> keys = new LinkedHashSet<>(young.keySet());
        keys.addAll(old.keySet());
        keys.forEach(key -> difference.info(old.get(key), young.get(key)));
        difference.changes.removeIf(FieldChange::isSame);
        return difference.changes.stream()
                .sorted(Comparator.comparing(FieldChange::field))
                .distinct()
                .toList();
    }

    /** By language and, where one has several, by turn. */
    private static Map<String, Info> byLanguage(List<Info> infos) {
        Map<String, Info> found = new LinkedHashMap<>();
        for (Info info : infos) {
            int turn = 0;
            while (found.containsKey(info.language() + ' ' + turn)) {
                turn++;
            }
            found.put(info.language() + ' ' + turn, info);
        }
        return found;
    }

    private void info(@Nullable Info before, @Nullable Info after) {
        String language = after != null ? after.language() : before == null ? "" : before.language();
        text(Field.EVENT, language, before, after, Info::event);
        text(Field.HEADLINE, language, before, after, Info::headline);
        text(Field.DESCRIPTION, language, before, after, Info::description);
        text(Field.INSTRUCTION, language, before, after, Info::instruction);
        text(Field.SENDER_NAME, language, before, after, Info::senderName);
        text(Field.CONTACT, language, before, after, Info::contact);
        one(Field.WEB, before, after, Info::web);
        one(Field.EFFECTIVE, before, after, info -> time(info.effective()));
        one(Field.ONSET, before, after, info -> time(info.onset()));
        one(Field.EXPIRES, before, after, info -> time(info.expires()));
        many(Field.AREAS, language, before, after, info -> each(info.areas(), Area::areaDesc));
        many(Field.PLACES, "", before, after, Difference::places);
        many(Field.KINDS, "", before, after, Difference::kinds);
        many(
                Field.PARAMETERS,
                "",
                before,
                after,
                info -> each(info.parameters(), value -> value.valueName() + " = " + value.value()));
        many(Field.RESOURCES, language, before, after, info -> each(info.resources(), Object::toString));
    }

    private void text(
            Field field,
            String language,
            @Nullable Info before,
            @Nullable Info after,
            Function<Info, @Nullable String> part) {
        changes.add(new FieldChange(field, language, WordChange.between(of(before, part), of(after, part))));
    }

    /** A value that is taken as a whole. */
    private void one(Field field, @Nullable Info before, @Nullable Info after, Function<Info, @Nullable String> part) {
        word(field, "", of(before, part), of(after, part));
    }

    private void many(
            Field field,
            String language,
            @Nullable Info before,
            @Nullable Info after,
            Function<Info, Collection<String>> part) {
        list(
                field,
                language,
                before == null ? List.of() : part.apply(before),
                after == null ? List.of() : part.apply(after));
    }

    private void word(Field field, String language, String before, String after) {
        List<WordChange> pieces = new ArrayList<>();
        boolean same = before.equals(after);
        if (!before.isEmpty()) {
            pieces.add(new WordChange(same ? Kind.SAME : Kind.DELETED, before));
        }
        if (!after.isEmpty() && !same) {
            pieces.add(new WordChange(Kind.INSERTED, after));
        }
        changes.add(new FieldChange(field, language, pieces));
    }

    /** First what stayed and what is gone, in the order before, then what came. */
    private void list(Field field, String language, Collection<String> before, Collection<String> after) {
        List<WordChange> pieces = new ArrayList<>();
        Collection<String> old =
                field == Field.CHANNELS ? before.stream().sorted().toList() : before;
        Collection<String> young =
                field == Field.CHANNELS ? after.stream().sorted().toList() : after;
        Set<String> both = new LinkedHashSet<>(old);
        both.forEach(entry -> pieces.add(new WordChange(young.contains(entry) ? Kind.SAME : Kind.DELETED, entry)));
        new LinkedHashSet<>(young)
                .stream()
                        .filter(entry -> !both.contains(entry))
                        .forEach(entry -> pieces.add(new WordChange(Kind.INSERTED, entry)));
        changes.add(new FieldChange(field, language, pieces));
    }

    private static String of(@Nullable Info info, Function<Info, @Nullable String> part) {
        String value = info == null ? null : part.apply(info);
        return value == null ? "" : value;
    }

    private static @Nullable String time(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toString();
    }

    private static <T> List<String> each(List<T> values, Function<T, String> words) {
        return values.stream().map(words).filter(word -> !word.isEmpty()).toList();
    }

    private static List<String> kinds(Info info) {
        List<String> kinds = new ArrayList<>();
        info.categories().forEach(category -> kinds.add(category.word()));
        info.responseTypes().forEach(type -> kinds.add(type.word()));
        kinds.add(info.urgency().word());
        kinds.add(info.certainty().word());
        info.eventCodes().forEach(code -> kinds.add(code.value()));
        return kinds;
    }

    private static List<String> places(Info info) {
        List<String> places = new ArrayList<>();
        for (Area area : info.areas()) {
            area.geocodes().forEach(code -> places.add(code.value()));
            area.polygons().forEach(polygon -> places.add(ring(polygon)));
            area.circles()
                    .forEach(circle -> places.add(at(circle.centre()) + " r " + circle.radiusKilometres() + " km"));
        }
        return places;
    }

    /** As CAP writes it: latitude,longitude of each corner. */
    private static String ring(Polygon polygon) {
        return polygon.positions().stream().map(Difference::at).collect(Collectors.joining(" "));
    }

    private static String at(Position position) {
        return position.latitude() + "," + position.longitude();
    }
}
