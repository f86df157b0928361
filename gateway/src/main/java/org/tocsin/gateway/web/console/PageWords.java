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
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Percent;

/**
 * What templates can say beside the template language's own: {@code t(key, …)} a phrase, {@code asset(name)} the
 * address of a file, and the filters {@code time} and {@code clock} (an instant in the county's zone), {@code number}
 * (with separators) and {@code percent} (of a share, one decimal, cut down).
 */
final class PageWords extends AbstractExtension {
    private static final int MOST_ARGUMENTS = 6;
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
                "time", new Said((input, locale) -> time(input, zone, locale, true)),
                "clock", new Said((input, locale) -> time(input, zone, locale, false)),
                "number",
                        new Said((input, locale) -> input instanceof Number number
                                ? NumberFormat.getIntegerInstance(locale).format(number)
                                : input.toString()),
                "percent",
                        new Said((input, locale) ->
                                input instanceof Number share ? Percent.words(share.doubleValue()) : input.toString()));
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

    /** A filter without arguments: of a value and the page's locale; what is not there is said as nothing. */
    private record Said(BiFunction<Object, Locale, Object> words) implements Filter {
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
            return input == null ? "" : words.apply(input, context.getLocale());
        }
    }
}
