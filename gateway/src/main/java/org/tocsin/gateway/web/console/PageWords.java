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
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Percent;

/**
 * What templates can say beside the template language's own: {@code t(key, …)} a phrase, {@code asset(name)} the
 * address of a file, and the filters {@code time} and {@code clock} (an instant in the county's zone), {@code number}
 * (with separators) and {@code percent} (of a share, one decimal, cut down).
 */
final class PageWords extends AbstractExtension {
    private static final int MOST_ARGUMENTS = 6;

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
                "time", new Time(zone, true),
                "clock", new Time(zone, false),
                "number", new Grouped(),
                "percent", new Share());
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

    private record Time(ZoneId zone, boolean withDay) implements Filter {
        private static final DateTimeFormatter CHINESE =
                DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm:ss", Locale.SIMPLIFIED_CHINESE);
        private static final DateTimeFormatter ENGLISH = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.US);
        private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

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
            ZonedDateTime at;
            if (input instanceof Instant instant) {
                at = instant.atZone(zone);
            } else if (input instanceof OffsetDateTime time) {
                at = time.atZoneSameInstant(zone);
            } else {
                return input == null ? "" : input.toString();
            }
            return at.format(!withDay ? CLOCK : language(context) == Language.ZH_CN ? CHINESE : ENGLISH);
        }
    }

    private static final class Grouped implements Filter {
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
            return input instanceof Number number
                    ? NumberFormat.getIntegerInstance(context.getLocale()).format(number)
                    : String.valueOf(input);
        }
    }

    private static final class Share implements Filter {
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
            return input instanceof Number share ? Percent.words(share.doubleValue()) : String.valueOf(input);
        }
    }
}
