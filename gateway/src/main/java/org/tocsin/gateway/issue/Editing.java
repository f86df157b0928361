package org.tocsin.gateway.issue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Info;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.ResponseType;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.intake.Wishes;
import org.tocsin.gateway.registry.Division;

/**
 * Puts what a form says into an alert that is there. Of each part that has a field, what the field says counts where it
 * was changed; what was not changed, and every part without a field, stays as it was, byte for byte. The identifier,
 * sender and time of sending stay too: it is the same message, and the time until people know counts from when it was
 * first said. Pure; may be used by any thread.
 */
public final class Editing {
    /** What the form refuses and CAP does not: a text that is long, or is not there. */
    private static final Set<String> OF_THE_FORM = Set.of("long.text", "empty");

    private static final Map<String, String> IN_ENGLISH = Map.of(
            IssueFields.EVENT, IssueFields.ENGLISH_EVENT,
            IssueFields.HEADLINE, IssueFields.ENGLISH_HEADLINE,
            IssueFields.DESCRIPTION, IssueFields.ENGLISH_DESCRIPTION,
            IssueFields.INSTRUCTION, IssueFields.ENGLISH_INSTRUCTION);
    private static final List<String> PLACE = List.of(IssueFields.DIVISIONS, IssueFields.SHAPES, IssueFields.AREA_NAME);

    private final Alert there;
    private final IssueFields first;
    private final IssueFields typed;

    private Editing(Alert there, IssueFields first, IssueFields typed) {
        this.there = there;
        this.first = first;
        this.typed = typed;
    }

    /**
     * Something that the form cannot show, and would lose.
     *
     * @param code what it is: {@code wordless}, {@code language}, {@code twice}, {@code endless}, {@code height},
     *     {@code geocode}, {@code long}, {@code shapes} or {@code signed}
     * @param value what stands there, at most 60 characters; empty where there is nothing to show
     */
    public record Bar(String code, String value) {}

    /** Why a warning cannot be edited in the form but by API alone; empty where it can. */
    public static List<Bar> bars(Warning warning) {
        List<Bar> bars = new ArrayList<>();
        Alert alert = warning.alert();
        if (warning.signatureUnverified()) {
            bars.add(new Bar("signed", ""));
        }
        long chinese = alert.infos().stream().filter(info -> isOf(info, "zh")).count();
        long english = alert.infos().stream().filter(info -> isOf(info, "en")).count();
        if (chinese == 0) {
            bars.add(new Bar("wordless", ""));
        }
        alert.infos().stream()
                .map(Info::language)
                .filter(language -> !isOf(language, "zh") && !isOf(language, "en"))
                .distinct()
                .forEach(language -> bars.add(bar("language", language)));
        if (chinese > 1 || english > 1) {
            bars.add(new Bar("twice", String.valueOf(Math.max(chinese, english))));
        }
        Set<Bar> once = new HashSet<>(bars);
        alert.infos()
                .forEach(info -> bars(alert, info).stream().filter(once::add).forEach(bars::add));
        return bars;
    }

    private static List<Bar> bars(Alert alert, Info info) {
        List<Bar> bars = new ArrayList<>();
        if (info.expires() == null && alert.msgType() != MsgType.CANCEL) {
            bars.add(new Bar("endless", ""));
        }
        if (longest(info) > IssueFields.LONGEST) {
            bars.add(new Bar("long", String.valueOf(longest(info))));
        }
        int shapes = 0;
        int positions = 0;
        for (Area area : info.areas()) {
            if (area.altitude() != null) {
                bars.add(bar("height", String.valueOf(area.altitude())));
            }
            shapes += area.polygons().size() + area.circles().size();
            positions += area.polygons().stream()
                    .mapToInt(polygon -> polygon.positions().size())
                    .sum();
            for (NamedValue geocode : area.geocodes()) {
                if (!Prefill.codes(geocode).stream().allMatch(Division::isCode)) {
                    bars.add(bar("geocode", geocode.valueName() + "=" + geocode.value()));
                }
            }
        }
        if (shapes > AreaText.MOST_SHAPES || positions > AreaText.MOST_POSITIONS) {
            bars.add(new Bar("shapes", shapes + " / " + positions));
        }
        return bars;
    }

    private static int longest(Info info) {
        int longest = 0;
        for (String text : new @Nullable String[] {
            info.event(),
            info.senderName(),
            info.headline(),
            info.description(),
            info.instruction(),
            info.web(),
            info.contact()
        }) {
            longest = Math.max(longest, text == null ? 0 : text.length());
        }
        return longest;
    }

    private static Bar bar(String code, String value) {
        return new Bar(code, value.length() <= 60 ? value : value.substring(0, 59) + "…");
    }

    /**
     * What comes of the form of a warning that is there.
     *
     * @param there the alert as it is
     * @param first what the form began with
     * @param typed what it says now
     * @param composed what a form with these fields would make of nothing
     */
    static Composed of(Alert there, IssueFields first, IssueFields typed, Composed composed) {
        return new Editing(there, first, typed).put(composed);
    }

    private Composed put(Composed composed) {
        List<Info> infos = new ArrayList<>();
        for (Info made : composed.sketch().infos()) {
            boolean english = isOf(made, "en");
            infos.add(there.infos().stream()
                    .filter(info -> isOf(info, english ? "en" : "zh"))
                    .findFirst()
                    .map(info -> put(info, made, english))
                    .orElse(made));
        }
        Alert alert = new Alert(
                there.identifier(),
                there.sender(),
                there.sent(),
                there.status(),
                there.msgType(),
                there.source(),
                there.scope(),
                there.restriction(),
                there.addresses(),
                there.codes(),
                there.note(),
                there.references(),
                there.incidents(),
                infos);
        // The form's own limits are for what is written in it: what came by API and stays was taken already.
        List<FieldProblem> problems = composed.problems().stream()
                .filter(problem -> !OF_THE_FORM.contains(problem.code()) || !isSame(problem.field()))
                .toList();
        return new Composed(problems.isEmpty() ? alert : null, alert, problems, composed.notices());
    }

    private Info put(Info old, Info made, boolean english) {
        UnaryOperator<String> field = name -> english ? IN_ENGLISH.getOrDefault(name, name) : name;
        boolean sameHazard = isSame(IssueFields.EVENT_CODE);
        boolean sameKind = sameHazard && isSame(IssueFields.LEVEL) && isSame(IssueFields.TEMPLATE);
        boolean sameDescription =
                isSame(field.apply(IssueFields.DESCRIPTION)) && (english || isSame(IssueFields.SENTENCE));
        return new Info(
                old.language(),
                sameHazard ? old.categories() : made.categories(),
                pick(field.apply(IssueFields.EVENT), old.event(), made.event()),
                sameKind ? old.responseTypes() : responses(old, made),
                isCancel() ? old.urgency() : pick(IssueFields.URGENCY, old.urgency(), made.urgency()),
                pick(IssueFields.LEVEL, old.severity(), made.severity()),
                pick(IssueFields.CERTAINTY, old.certainty(), made.certainty()),
                old.audience(),
                sameHazard ? old.eventCodes() : made.eventCodes(),
                old.effective(),
                old.onset(),
                isCancel() || isSame(IssueFields.UNTIL) ? old.expires() : made.expires(),
                maybe(IssueFields.SENDER_NAME, old.senderName(), made.senderName()),
                maybe(field.apply(IssueFields.HEADLINE), old.headline(), made.headline()),
                sameDescription ? old.description() : made.description(),
                maybe(field.apply(IssueFields.INSTRUCTION), old.instruction(), made.instruction()),
                maybe(IssueFields.WEB, old.web(), made.web()),
                maybe(IssueFields.CONTACT, old.contact(), made.contact()),
                parameters(old, made),
                old.resources(),
                samePlace() ? old.areas() : made.areas());
    }

    /** A form without a template knows no kinds of response: then those that are there stay. */
    private static List<ResponseType> responses(Info old, Info made) {
        return made.responseTypes().isEmpty() ? old.responseTypes() : made.responseTypes();
    }

    private List<NamedValue> parameters(Info old, Info made) {
        if (isSame(IssueFields.AUDIENCE) && sameWords(IssueFields.CHANNELS)) {
            return old.parameters();
        }
        List<NamedValue> parameters = new ArrayList<>(old.parameters());
        parameters.removeIf(parameter -> parameter.valueName().equals(Wishes.AUDIENCE)
                || parameter.valueName().equals(Wishes.CHANNELS));
        parameters.addAll(made.parameters());
        return parameters;
    }

    private boolean samePlace() {
        AreaText before = AreaText.read(first.text(IssueFields.SHAPES));
        AreaText now = AreaText.read(typed.text(IssueFields.SHAPES));
        return PLACE.stream().allMatch(this::isSame)
                || (sameWords(IssueFields.DIVISIONS) && isSame(IssueFields.AREA_NAME) && before.equals(now));
    }

    private boolean sameWords(String name) {
        return new HashSet<>(first.words(name)).equals(new HashSet<>(typed.words(name)));
    }

    private <T> T pick(String field, T old, T made) {
        return isSame(field) ? old : made;
    }

    private @Nullable String maybe(String field, @Nullable String old, @Nullable String made) {
        return isSame(field) ? old : made;
    }

    private boolean isSame(String field) {
        return Composer.plain(first.text(field)).equals(Composer.plain(typed.text(field)));
    }

    private boolean isCancel() {
        return there.msgType() == MsgType.CANCEL;
    }

    private static boolean isOf(Info info, String family) {
        return isOf(info.language(), family);
    }

    private static boolean isOf(String language, String family) {
        return language.toLowerCase(Locale.ROOT).startsWith(family);
    }
}
