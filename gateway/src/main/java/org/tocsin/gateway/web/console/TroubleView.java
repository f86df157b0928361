package org.tocsin.gateway.web.console;

import java.util.Collection;
import java.util.List;
import org.tocsin.gateway.report.watch.Trouble;

/**
 * Something wrong in words.
 *
 * @param key names it, for pages that must know whether it is new
 * @param grave whether somebody must act on it
 * @param words what is wrong
 * @param advice what to do
 */
record TroubleView(String key, boolean grave, String words, String advice) {
    static List<TroubleView> of(List<Trouble> troubles, Phrases phrases) {
        return troubles.stream().map(trouble -> of(trouble, phrases)).toList();
    }

    private static TroubleView of(Trouble trouble, Phrases phrases) {
        String word = trouble.kind().word();
        Object[] arguments = {
            channel(trouble.channel(), phrases),
            reason(trouble.subject(), phrases),
            number(trouble.numbers(), 0),
            number(trouble.numbers(), 1)
        };
        return new TroubleView(
                word + ":" + trouble.channel() + ":" + trouble.subject(),
                trouble.kind().isGrave(),
                phrases.of("watch.trouble." + word, arguments),
                phrases.of("watch.advice." + word, arguments));
    }

    /** A channel's or terminal kind's name for people. */
    static String channel(String name, Phrases phrases) {
        String key = "base.channel." + name;
        return phrases.has(key) ? phrases.of(key) : name;
    }

    /** A reason of failure by its label; one that has no words stays as it is. */
    static String reason(String label, Phrases phrases) {
        String key = "watch.reason." + label;
        return phrases.has(key) ? phrases.of(key) : label;
    }

    /** The channels' names for people, in the order of their own. */
    static List<String> channels(Collection<String> names, Phrases phrases) {
        return names.stream().sorted().map(name -> channel(name, phrases)).toList();
    }

    private static String number(List<Long> numbers, int at) {
        return at < numbers.size()
                ? java.text.NumberFormat.getIntegerInstance(java.util.Locale.US).format(numbers.get(at))
                : "";
    }
}
