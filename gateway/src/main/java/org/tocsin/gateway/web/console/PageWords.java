package org.tocsin.gateway.web.console;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Percent;

/**
 * What templates can say beside the template language's own: {@code t(key, …)} a phrase, {@code asset(name)} the
 * address of a file, and the filters {@code time} and {@code clock} (an instant in the county's zone), {@code number}
 * (with separators) and {@code percent} (of a share, one decimal, cut down). {@code share} is the same with a dash
 * where there is none, {@code atMost} cuts up what can be at most, {@code tenths} says per cent that were cut before.
 */
final class PageWords extends AbstractExtension {
    private static final int MOST_ARGUMENTS = 6;
    private static final String NONE = "—";
    private static final DateTimeFormatter CHINESE =
            DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm:ss", Locale.SIMPLIFIED_CHINESE);
    private static final DateTimeFormatter ENGLISH = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.US);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final ZoneId zone;
    private final Assets assets;

    PageWords(ZoneId zone, Assets assets) {
        this.zone = zone;
        this.assets = assets;
    }

    @Override
    public Map<String, Function> getFunctions() {
        return Map.of("t", new Phrase(), "asset", new Address(assets));
    }

    @Override
    public Map<String, Filter> getFilters() {
        return Map.of(
                "time", new Said((input, locale) -> time(input, zone, locale, true), ""),
                "clock", new Said((input, locale) -> time(input, zone, locale, false), ""),
                "number", new Said((input, locale) -> number(input, locale), ""),
                "percent", new Said((input, locale) -> percent(input, Percent::words), ""),
                "share", new Said((input, locale) -> percent(input, Percent::words), NONE),
                "atMost", new Said((input, locale) -> percent(input, share -> Percent.words(share, true)), NONE),
                "tenths", new Said((input, locale) -> percent(input, Percent::said), NONE));
    }

    private static Object number(Object input, Locale locale) {
        return input instanceof Number number
                ? NumberFormat.getIntegerInstance(locale).format(number)
                : input.toString();
    }

    private static Object percent(Object input, DoubleFunction<String> words) {
        return input instanceof Number share ? words.apply(share.doubleValue()) : input.toString();
    }

    private static Language language(EvaluationContext context) {
        return Language.of(context.getLocale());
    }

    private static final class Phrase implements Function {
        @Override
        public @Nullable List<String> getArgumentNames() {
            return List.of("key", "0", "1", "2", "3", "4", "5");
        }

        @Override
        public Object execute(
                Map<String, Object> arguments, PebbleTemplate template, EvaluationContext context, int line) {
            List<Object> values = new ArrayList<>();
            for (Object value = arguments.get("0");
                    value != null && values.size() < MOST_ARGUMENTS;
                    value = arguments.get(Integer.toString(values.size()))) {
                values.add(value);
            }
            return Phrases.in(language(context)).of(String.valueOf(arguments.get("key")), values.toArray());
        }
    }

    private record Address(Assets assets) implements Function {
        @Override
        public List<String> getArgumentNames() {
            return List.of("name");
        }

        @Override
        public Object execute(
                Map<String, Object> arguments, PebbleTemplate template, EvaluationContext context, int line) {
            return assets.address(String.valueOf(arguments.get("name")));
        }
    }

    private static Object time(Object input, ZoneId zone, Locale locale, boolean withDay) {
        ZonedDateTime at;
        if (input instanceof Instant instant) {
            at = instant.atZone(zone);
        } else if (input instanceof OffsetDateTime time) {
            at = time.atZoneSameInstant(zone);
        } else {
            return input.toString();
        }
        return at.format(!withDay ? CLOCK : Language.of(locale) == Language.ZH_CN ? CHINESE : ENGLISH);
    }

    /** A filter without arguments: of a value and the page's locale; and what is said of what is not there. */
    private record Said(BiFunction<Object, Locale, Object> words, String none) implements Filter {
        @Override
        public @Nullable List<String> getArgumentNames() {
            return null;
        }

        @Override
        public Object apply(
                @Nullable Object input,
                Map<String, Object> arguments,
                PebbleTemplate template,
                EvaluationContext context,
                int line) {
            return input == null ? none : words.apply(input, context.getLocale());
        }
    }
}
