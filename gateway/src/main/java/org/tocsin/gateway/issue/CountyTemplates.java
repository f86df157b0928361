package org.tocsin.gateway.issue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tocsin.gateway.template.CountyText;
import org.tocsin.gateway.template.TextKey;

/**
 * Templates with the county's own texts where it has some. The list names what there is, in the words that come with
 * the gateway; who takes one up gets the county's words of that moment, and they stand in the draft from then on: what
 * was reviewed and signed does not change with a later version.
 */
public final class CountyTemplates implements IssueTemplates {
    private final IssueTemplates standard;
    private final Function<TextKey, Optional<CountyText>> own;

    /**
     * Makes it.
     *
     * @param standard the templates that come with the gateway
     * @param own the county's text of now; blocks
     */
    public CountyTemplates(IssueTemplates standard, Function<TextKey, Optional<CountyText>> own) {
        this.standard = standard;
        this.own = own;
    }

    @Override
    public List<IssueTemplate> list() {
        return standard.list();
    }

    @Override
    public Optional<IssueTemplate> find(String id) {
        return standard.find(id).map(this::inTheCountysWords);
    }

    private IssueTemplate inTheCountysWords(IssueTemplate template) {
        Map<String, IssueTemplate.Words> texts = new LinkedHashMap<>();
        template.texts()
                .forEach((language, words) -> texts.put(
                        language,
                        TextKey.of(template.hazard(), template.level().name(), language)
                                .flatMap(own)
                                .map(text -> new IssueTemplate.Words(
                                        words.event(), words.headline(), text.description(), text.instruction()))
                                .orElse(words)));
        return template.with(texts);
    }
}
