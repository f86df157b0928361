package org.tocsin.gateway.report.survey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.SurveyEstimate;
import org.tocsin.gateway.coverage.SurveySize;
import org.tocsin.gateway.coverage.SurveyStratum;

/** Writes a survey and what it says beside the measured coverage. {@code gateway/docs/survey.md} describes it. */
final class SurveyReport {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String METHOD = "stratified by township; Wilson score interval of 95 % with effective size;"
            + " widest bounds for townships not asked";

    private SurveyReport() {}

    /**
     * Plan, answers, estimate, and the measured coverage beside.
     *
     * @param measured what {@code …/coverage} answers; null where there is none
     */
    static ObjectNode json(SurveyPlan plan, List<SurveyAnswer> answers, @Nullable JsonNode measured) {
        ObjectNode json = JSON.objectNode().put("issue", plan.issue());
        json.set("plan", plan(plan));
        json.set("answers", answers(plan, answers));
        Optional<SurveyEstimate> estimate = estimate(plan, answers, SurveyAnswer::isInTime);
        json.set("survey", estimate.map(SurveyReport::survey).orElse(null));
        json.set("channels", channels(plan, answers));
        ObjectNode beside = measured(measured);
        json.set("measured", beside);
        if (estimate.isEmpty() || estimate.get().isProvisional() || beside == null) {
            json.putNull("agree");
        } else {
            json.put(
                    "agree",
                    estimate.get()
                            .meets(
                                    beside.path("lowerShare").asDouble(),
                                    beside.path("upperShare").asDouble()));
        }
        ArrayNode limits = json.putArray("limits");
        limits(plan).forEach(limits::add);
        estimate.map(SurveyReport::unasked).filter(limit -> !limit.isEmpty()).ifPresent(limits::add);
        return json;
    }

    /** The plan alone: what the ledger has the hash of. */
    static ObjectNode plan(SurveyPlan plan) {
        SurveySize size = plan.request().size();
        ObjectNode json = JSON.objectNode()
                .put("frame", plan.request().frame().word())
                .put("seed", plan.request().seed())
                .put("marginOfError", size.marginOfError())
                .put("confidence", size.confidence().share())
                .put("expectedShare", size.expectedShare())
                .put("designEffect", size.designEffect())
                .put("responseRate", size.responseRate())
                .put("made", plan.made().toString())
                .put("by", plan.by())
                .put("attempt", plan.attempt())
                .put("residents", sum(plan, SurveyPlan.Stratum::residents))
                .put("inFrame", sum(plan, SurveyPlan.Stratum::inFrame))
                .put("interviews", sum(plan, SurveyPlan.Stratum::interviews))
                .put("drawn", plan.drawn());
        ArrayNode strata = json.putArray("strata");
        long first = 1;
        for (SurveyPlan.Stratum stratum : plan.strata()) {
            strata.addObject()
                    .put("code", stratum.code())
                    .put("name", stratum.name())
                    .put("residents", stratum.residents())
                    .put("inFrame", stratum.inFrame())
                    .put("interviews", stratum.interviews())
                    .put("drawn", stratum.drawn())
                    .put("firstNumber", first);
            first += stratum.drawn();
        }
        ArrayNode villages = json.putArray("villages");
        for (SurveyPlan.Village village : plan.villages()) {
            villages.addObject()
                    .put("code", village.code())
                    .put("name", village.name())
                    .put("drawn", village.drawn());
        }
        return json;
    }

    private static long sum(SurveyPlan plan, ToLongFunction<SurveyPlan.Stratum> of) {
        return plan.strata().stream().mapToLong(of).sum();
    }

    private static ObjectNode answers(SurveyPlan plan, List<SurveyAnswer> answers) {
        ObjectNode json = JSON.objectNode().put("entered", answers.size());
        for (SurveyAnswer.Interview interview : SurveyAnswer.Interview.values()) {
            String name =
                    switch (interview) {
                        case YES -> "interviewed";
                        case NO -> "notInterviewed";
                        case REFUSED -> "refused";
                        case NOT_FOUND -> "notFound";
                    };
            json.put(name, count(answers, answer -> answer.interview() == interview));
        }
        return json.put("open", plan.drawn() - answers.size())
                .put("heardInTime", count(answers, SurveyAnswer::isInTime));
    }

    private static long count(List<SurveyAnswer> answers, Predicate<SurveyAnswer> which) {
        return answers.stream().filter(which).count();
    }

    /** What the interviews say of a share of the residents; empty where no township was asked. */
    static Optional<SurveyEstimate> estimate(SurveyPlan plan, List<SurveyAnswer> answers, Predicate<SurveyAnswer> yes) {
        int strata = plan.strata().size();
        long[] interviewed = new long[strata];
        long[] reached = new long[strata];
        for (SurveyAnswer answer : answers) {
            int place = plan.stratumOf(answer.number());
            if (answer.interview() == SurveyAnswer.Interview.YES && place >= 0) {
                interviewed[place]++;
                reached[place] += yes.test(answer) ? 1 : 0;
            }
        }
        List<SurveyStratum> counted = new ArrayList<>();
        for (int place = 0; place < strata; place++) {
            SurveyPlan.Stratum stratum = plan.strata().get(place);
            counted.add(new SurveyStratum(stratum.code(), stratum.residents(), interviewed[place], reached[place]));
        }
        return SurveyEstimate.of(counted, plan.request().size().designEffect());
    }

    private static ObjectNode survey(SurveyEstimate estimate) {
        boolean provisional = estimate.isProvisional();
        ObjectNode json = interval(JSON.objectNode(), estimate)
                .put("provisional", provisional)
                .put("unaskedShare", estimate.unasked())
                .put("variance", provisional ? null : estimate.variance())
                .put("standardError", provisional ? null : estimate.standardError())
                .put(
                        "effectiveSize",
                        provisional || Double.isInfinite(estimate.effectiveSize()) ? null : estimate.effectiveSize())
                .put("method", METHOD);
        ArrayNode strata = json.putArray("strata");
        for (SurveyStratum stratum : estimate.strata()) {
            strata.addObject()
                    .put("code", stratum.code())
                    .put("residents", stratum.residents())
                    .put("asked", stratum.isAsked())
                    .put("interviewed", stratum.interviewed())
                    .put("heardInTime", stratum.reached());
        }
        return json;
    }

    private static ObjectNode interval(ObjectNode json, SurveyEstimate estimate) {
        return json.put("share", estimate.isProvisional() ? null : estimate.ofAsked())
                .put("low", estimate.low())
                .put("high", estimate.high());
    }

    private static ObjectNode channels(SurveyPlan plan, List<SurveyAnswer> answers) {
        ObjectNode json = JSON.objectNode();
        for (String channel : SurveyAnswer.CHANNELS) {
            Predicate<SurveyAnswer> by =
                    answer -> answer.isInTime() && answer.channels().contains(channel);
            long persons = count(answers, by);
            if (persons > 0) {
                ObjectNode row = json.putObject(channel).put("persons", persons);
                estimate(plan, answers, by).ifPresent(estimate -> interval(row, estimate));
            }
        }
        return json;
    }

    private static @Nullable ObjectNode measured(@Nullable JsonNode coverage) {
        if (coverage == null || !coverage.path("residents").isNumber()) {
            return null;
        }
        double residents = coverage.path("residents").asDouble();
        ObjectNode json = JSON.objectNode();
        for (String name : new String[] {"residents", "confirmed", "lower", "estimate", "upper"}) {
            json.set(name, coverage.path(name));
        }
        for (String name : new String[] {"confirmed", "lower", "estimate", "upper"}) {
            json.put(name + "Share", residents == 0 ? 0 : coverage.path(name).asDouble() / residents);
        }
        json.set("percent", coverage.path("percent").isObject() ? coverage.path("percent") : JSON.nullNode());
        json.set("goal", coverage.path("goal"));
        json.set("verdict", coverage.path("verdict"));
        json.set("asOf", coverage.path("asOf"));
        return json;
    }

    /** What the estimate does not know of the townships that were not asked; empty where there is none. */
    private static String unasked(SurveyEstimate estimate) {
        long residents = estimate.strata().stream()
                .filter(stratum -> !stratum.isAsked())
                .mapToLong(SurveyStratum::residents)
                .sum();
        if (residents == 0) {
            return "";
        }
        String limit = residents + " residents live in townships with fewer than two interviews. Nothing is known of"
                + " them: low takes none of them for reached, high all.";
        return estimate.isProvisional() ? limit + " They are too many for a share of all residents." : limit;
    }

    private static List<String> limits(SurveyPlan plan) {
        List<String> limits = new ArrayList<>();
        if (plan.request().frame() == SurveyRequest.Frame.REGISTRY) {
            limits.add("Drawn from the registry's persons: residents without a contact there cannot be drawn, and they"
                    + " are those whom the gateway reaches least.");
        } else {
            limits.add("Villages are drawn; households and persons in them are chosen by the interviewers.");
        }
        limits.add("Whoever was drawn and not interviewed is taken to be like the interviewed of the same township.");
        limits.add("A survey counts who remembers to have heard the warning in time, by whatever way; the measured"
                + " coverage counts delivery to a device.");
        return limits;
    }
}
