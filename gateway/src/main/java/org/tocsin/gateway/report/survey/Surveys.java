package org.tocsin.gateway.report.survey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.tocsin.alert.Status;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.coverage.SurveyAllocation;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.Ledger;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.MeasuredArea;

/**
 * The sample surveys after warnings: of each issue one, drawn from the residents of its target area. Blocking; may be
 * used by any thread. Who may do what is for the caller to say; each act is in the ledger.
 */
public final class Surveys {
    /** The most persons or households of one sample. */
    public static final int MOST_DRAWN = 20_000;

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LEAST_IN_STRATUM = 2;
    private static final int SEED_BYTES = 16;

    private final SurveyStore store;
    private final Function<String, Optional<MeasuredArea>> areas;
    private final Function<Warning, Optional<byte[]>> coverage;
    private final Registry registry;
    private final Ledger ledger;
    private final Random random;
    private final InstantSource clock;

    /**
     * Makes it.
     *
     * @param store keeps plans and answers
     * @param areas the area of an issue as it stood when the issue was planned; empty for one that never was
     * @param coverage what {@code …/coverage} answers; empty where there are no figures
     * @param registry who is drawn, and the townships' names
     * @param ledger takes a line where a list is given out
     * @param random draws seeds; a secure one
     * @param clock the time
     */
    public Surveys(
            SurveyStore store,
            Function<String, Optional<MeasuredArea>> areas,
            Function<Warning, Optional<byte[]>> coverage,
            Registry registry,
            Ledger ledger,
            Random random,
            InstantSource clock) {
        this.store = store;
        this.areas = areas;
        this.coverage = coverage;
        this.registry = registry;
        this.ledger = ledger;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What came of planning a survey.
     *
     * @param created whether it is a new plan; not where the same was asked for before
     * @param json the survey, UTF-8
     */
    public record Planned(boolean created, byte[] json) {}

    /**
     * Plans the survey of an issue. A plan without answers may be replaced; that it was stays visible.
     *
     * @param warning the issue
     * @param wish what is asked for
     * @param actor the principal's id
     * @throws SurveyRefused when the wish is wrong, the issue has nothing to survey, or its survey has answers
     */
    public Planned plan(Warning warning, JsonNode wish, String actor) {
        SurveyRequestReader.Read wanted = SurveyRequestReader.read(wish);
        MeasuredArea area = surveyed(warning);
        Optional<SurveyPlan> before = store.plan(warning.id());
        if (before.isPresent() && isSame(before.get().request(), wanted)) {
            return new Planned(false, json(warning, before.get()));
        }
        String seed = wanted.seed();
        SurveyPlan plan = planned(
                warning,
                area,
                new SurveyRequest(wanted.frame(), wanted.size(), seed == null ? drawnSeed() : seed),
                before.map(SurveyPlan::attempt).orElse(0) + 1,
                actor);
        Deed deed = new Deed(
                plan.made(), actor, "survey.plan", warning.id(), ContentHash.of(bytes(SurveyReport.plan(plan))));
        if (!store.keep(plan, deed)) {
            throw new SurveyRefused(
                    SurveyRefused.Why.CONFLICT,
                    "survey.answered",
                    "the survey has answers already, or was planned anew meanwhile: its sample stays as it is");
        }
        return new Planned(true, json(warning, plan));
    }

    /** The survey of an issue and what it says beside the measured coverage, UTF-8 JSON; empty where there is none. */
    public Optional<byte[]> find(Warning warning) {
        return store.plan(warning.id()).map(plan -> json(warning, plan));
    }

    /** What the survey of an issue says by now; empty where there is none, or nobody has answered. */
    public Optional<SurveyFigure> figure(Warning warning) {
        return store.plan(warning.id())
                .flatMap(plan -> SurveyReport.estimate(plan, store.answers(plan.issue()), SurveyAnswer::isInTime))
                .map(SurveyFigure::of);
    }

    /**
     * Takes answers in JSON: one, or an object whose {@code answers} are a list of them.
     *
     * @param answers what was read
     * @param body what it was read from, for the ledger
     * @throws SurveyRefused when there is no survey, or with all that is wrong with the answers: then none is kept
     */
    public byte[] answer(Warning warning, JsonNode answers, byte[] body, String actor) {
        return answer(warning, reader -> reader.json(answers), ContentHash.of(body), actor);
    }

    /**
     * Takes answers in CSV.
     *
     * @throws SurveyRefused when there is no survey, or with all that is wrong with the answers: then none is kept
     */
    public byte[] answerByCsv(Warning warning, byte[] body, String actor) {
        return answer(warning, reader -> reader.csv(body), ContentHash.of(body), actor);
    }

    private byte[] answer(
            Warning warning, Function<AnswerReader, List<SurveyAnswer>> reading, String hash, String actor) {
        SurveyPlan plan = existing(warning);
        Instant now = clock.instant();
        List<SurveyAnswer> answers = reading.apply(
                new AnswerReader(plan.drawn(), warning.alert().sent().toInstant(), now));
        Deed deed = new Deed(now, actor, "survey.answers", warning.id(), hash);
        if (!store.keep(warning.id(), plan.attempt(), answers, deed)) {
            throw new SurveyRefused(
                    SurveyRefused.Why.CONFLICT,
                    "survey.replanned",
                    "the sample was drawn anew meanwhile: its numbers mean others now");
        }
        return json(warning, plan);
    }

    /**
     * The list of whom to ask, as CSV.
     *
     * <p>That it is taken is a line in the ledger before it is given: {@code survey.sample}, or
     * {@code survey.sampleMasked}.
     *
     * @param full whether with whole names and telephone numbers
     * @throws SurveyRefused when there is no survey
     */
    public byte[] sample(Warning warning, boolean full, String actor) {
        SurveyPlan plan = existing(warning);
        List<SampleDraw.Drawn> sample = new SampleDraw(
                        warning.id(), plan.request().seed())
                .draw(plan, surveyed(warning).atoms());
        byte[] sheet = SampleSheet.write(plan, sample, registry.people(), full);
        String act = full ? "survey.sample" : "survey.sampleMasked";
        ledger.append(new Deed(clock.instant(), actor, act, warning.id(), ContentHash.of(sheet)));
        return sheet;
    }

    private SurveyPlan existing(Warning warning) {
        return store.plan(warning.id())
                .orElseThrow(() -> new SurveyRefused(
                        SurveyRefused.Why.NONE, "survey.none", "no survey of this warning was planned"));
    }

    /** The area whose residents are asked. */
    private MeasuredArea surveyed(Warning warning) {
        MeasuredArea area = areas.apply(warning.id())
                .orElseThrow(() -> new SurveyRefused(
                        SurveyRefused.Why.CONFLICT,
                        "survey.notSent",
                        "this issue was not sent yet, so there is nothing that anybody can have heard"));
        if (!area.isPublic()
                || warning.alert().status() != Status.ACTUAL
                || area.atoms().isEmpty()) {
            throw new SurveyRefused(
                    SurveyRefused.Why.CONFLICT,
                    "survey.notPublic",
                    "only what was sent to all residents of an area in earnest can be surveyed there");
        }
        return area;
    }

    private static boolean isSame(SurveyRequest before, SurveyRequestReader.Read wanted) {
        return before.frame() == wanted.frame()
                && before.size().equals(wanted.size())
                && (wanted.seed() == null || wanted.seed().equals(before.seed()));
    }

    private SurveyPlan planned(Warning warning, MeasuredArea area, SurveyRequest request, int attempt, String actor) {
        List<SurveyPlan.Stratum> strata = strata(area, request);
        SurveyPlan plan = new SurveyPlan(
                warning.id(),
                request,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                actor,
                attempt,
                strata,
                List.of());
        if (plan.drawn() > MOST_DRAWN) {
            throw new SurveyRefused(
                    SurveyRefused.Why.INVALID,
                    "sample.tooLarge",
                    plan.drawn() + " would be drawn, at most " + MOST_DRAWN
                            + " are: ask for a larger marginOfError, or a smaller confidence or designEffect",
                    plan.drawn(),
                    MOST_DRAWN);
        }
        Map<String, SurveyPlan.Village> villages = new TreeMap<>();
        for (SampleDraw.Drawn drawn : new SampleDraw(warning.id(), request.seed()).draw(plan, area.atoms())) {
            villages.merge(
                    drawn.village(),
                    new SurveyPlan.Village(drawn.village(), drawn.villageName(), 1),
                    (one, other) -> new SurveyPlan.Village(one.code(), one.name(), one.drawn() + 1));
        }
        return new SurveyPlan(
                plan.issue(), request, plan.made(), actor, attempt, strata, List.copyOf(villages.values()));
    }

    private List<SurveyPlan.Stratum> strata(MeasuredArea area, SurveyRequest request) {
        Map<String, List<Atom>> townships = new TreeMap<>(SampleDraw.byTownship(area.atoms()));
        townships.values().removeIf(atoms -> atoms.stream().allMatch(atom -> atom.residents() == 0));
        long[] residents = townships.values().stream()
                .mapToLong(atoms -> atoms.stream().mapToLong(Atom::residents).sum())
                .toArray();
        long all = Arrays.stream(residents).sum();
        long[] interviews = SurveyAllocation.proportional(request.size().interviews(all), residents, LEAST_IN_STRATUM);
        List<SurveyPlan.Stratum> strata = new ArrayList<>();
        for (Map.Entry<String, List<Atom>> township : townships.entrySet()) {
            int place = strata.size();
            long inFrame = request.frame() == SurveyRequest.Frame.HOUSEHOLDS
                    ? residents[place]
                    : township.getValue().stream()
                            .mapToLong(atom -> atom.living().getLongCardinality())
                            .sum();
            strata.add(new SurveyPlan.Stratum(
                    township.getKey(),
                    registry.view()
                            .divisions()
                            .find(township.getKey())
                            .map(Division::name)
                            .orElse(township.getKey()),
                    residents[place],
                    inFrame,
                    interviews[place],
                    request.size().drawn(interviews[place], Math.min(inFrame, residents[place]))));
        }
        return strata;
    }

    private String drawnSeed() {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return HexFormat.of().formatHex(seed);
    }

    private byte[] json(Warning warning, SurveyPlan plan) {
        Optional<byte[]> measured = coverage.apply(warning);
        try {
            return bytes(SurveyReport.json(
                    plan, store.answers(plan.issue()), measured.isEmpty() ? null : MAPPER.readTree(measured.get())));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
