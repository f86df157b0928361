package org.tocsin.gateway.template;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;

/** The county's texts and their versions. Blocks; any thread. */
public final class CountyTexts {
    /** The most versions that one text may have. */
    public static final int MOST_VERSIONS = 1_000;

    private final TextStore store;
    private final TextPreview preview;
    private final InstantSource clock;

    /** Makes it. */
    public CountyTexts(TextStore store, TextPreview preview, InstantSource clock) {
        this.store = store;
        this.preview = preview;
        this.clock = clock;
    }

    /** What came of a change. */
    public sealed interface Result {
        /** It is kept. */
        record Kept(TextVersion version) implements Result {}

        /** It breaks rules, all of them here; nothing was kept. */
        record Refused(List<TextProblem> problems) implements Result {}

        /** Somebody else changed it meanwhile; nothing was kept. */
        record Overtaken() implements Result {}
    }

    /** The versions of a text, the latest first. */
    public List<TextVersion> versions(TextKey key) {
        List<TextVersion> latestFirst = new ArrayList<>(store.versions(key));
        java.util.Collections.reverse(latestFirst);
        return latestFirst;
    }

    /** The county's own text; empty where the words that come with the gateway hold. */
    public Optional<CountyText> own(TextKey key) {
        List<TextVersion> versions = store.versions(key);
        CountyText text =
                versions.isEmpty() ? null : versions.get(versions.size() - 1).text();
        return Optional.ofNullable(text);
    }

    /** What a channel would carry of a text, by the channel's word, in an alert that says no more. */
    public Map<String, Map<String, String>> preview(TextKey key, CountyText text) {
        Map<String, Map<String, String>> byChannel = new LinkedHashMap<>();
        for (String channel : TextPreview.CHANNELS) {
            byChannel.put(channel, preview.message(key, text, channel));
        }
        return byChannel;
    }

    /** What is wrong with a text; none where it may be kept. */
    public List<TextProblem> check(TextKey key, CountyText text) {
        List<TextProblem> problems = new ArrayList<>(TextRules.check(key, text));
        if (problems.isEmpty() && !preview.isWholeAsSms(key, text)) {
            problems.add(new TextProblem("instruction", TextProblem.Rule.SMS_CUTS, 0, "", 0));
        }
        return problems;
    }

    /**
     * Keeps a new version.
     *
     * @param text what it says; null to go back to the words that come with the gateway
     * @param after the number of the version that the maker saw; 0 where there was none
     */
    public Result keep(TextKey key, @Nullable CountyText text, String why, String actor, int after) {
        List<TextProblem> problems = new ArrayList<>();
        if (text != null) {
            problems.addAll(check(key, text));
        }
        problems.addAll(TextRules.checkWhy(why));
        if (!problems.isEmpty()) {
            return new Result.Refused(problems);
        }
        if (after >= MOST_VERSIONS) {
            throw new IllegalStateException(key.name() + " has " + MOST_VERSIONS + " versions");
        }
        Instant now = clock.instant();
        TextVersion version = new TextVersion(after + 1, text, actor, now, why);
        CountyText said = text == null ? key.builtIn() : text;
        Deed deed = new Deed(
                now,
                actor,
                "template.change",
                key.name(),
                ContentHash.of(said.description() + "\n" + said.instruction()));
        return store.keep(key, version, deed) ? new Result.Kept(version) : new Result.Overtaken();
    }
}
