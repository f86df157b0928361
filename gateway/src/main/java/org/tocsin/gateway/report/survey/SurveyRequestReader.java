package org.tocsin.gateway.report.survey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.SurveySize;
import org.tocsin.gateway.report.survey.SurveyRequest.Frame;

/** Reads what somebody asks of a survey from JSON: every field may be left out, none may be unknown. */
final class SurveyRequestReader {
    private static final List<String> FIELDS =
            List.of("frame", "seed", "marginOfError", "confidence", "expectedShare", "designEffect", "responseRate");
    private static final double HOUSEHOLDS_EFFECT = 1.5;

    private final JsonNode json;
    private final List<SurveyProblem> problems = new ArrayList<>();

    /** What was read; the seed is null where the gateway is to draw one. */
    record Read(Frame frame, SurveySize size, @Nullable String seed) {}

    private SurveyRequestReader(JsonNode json) {
        this.json = json;
    }

    /**
     * Reads.
     *
     * @throws SurveyRefused with all that is wrong
     */
    static Read read(JsonNode json) {
        return new SurveyRequestReader(json).read();
    }

    private Read read() {
        if (!json.isObject()) {
            throw new SurveyRefused(SurveyRefused.Why.INVALID, "json", "the body must be a JSON object");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                String shown = AnswerReader.shown(name);
                problem(shown, "field.unknown", "there is no field '" + shown + "'; there are " + FIELDS, shown);
            }
        });
        Frame frame = frame();
        String seed = seed();
        double margin = number("marginOfError", 0.05, 0.005, 0.2);
        SurveySize.Confidence confidence = confidence();
        double share = number("expectedShare", 0.5, 0.01, 0.99);
        double effect = number("designEffect", frame == Frame.HOUSEHOLDS ? HOUSEHOLDS_EFFECT : 1, 1, 5);
        double rate = number("responseRate", 0.7, 0.1, 1);
        if (!problems.isEmpty()) {
            throw new SurveyRefused(SurveyRefused.Why.INVALID, problems);
        }
        return new Read(frame, new SurveySize(margin, confidence, share, effect, rate), seed);
    }

    private Frame frame() {
        JsonNode said = json.path("frame");
        if (said.isMissingNode()) {
            return Frame.REGISTRY;
        }
        Optional<Frame> frame = Optional.empty();
        for (Frame one : Frame.values()) {
            if (one.word().equals(said.asText())) {
                frame = Optional.of(one);
            }
        }
        if (frame.isEmpty()) {
            problem("frame", "frame.unknown", "frame must be registry or households");
        }
        return frame.orElse(Frame.REGISTRY);
    }

    private @Nullable String seed() {
        JsonNode said = json.path("seed");
        if (said.isMissingNode()) {
            return null;
        }
        if (!said.isTextual() || !SurveyRequest.isSeed(said.asText())) {
            problem(
                    "seed",
                    "seed.form",
                    "seed must be a text of 1 to " + SurveyRequest.LONGEST_SEED
                            + " printable ASCII characters; leave it out to have one drawn",
                    SurveyRequest.LONGEST_SEED);
        }
        return said.asText();
    }

    private SurveySize.Confidence confidence() {
        JsonNode said = json.path("confidence");
        if (said.isMissingNode()) {
            return SurveySize.Confidence.P95;
        }
        for (SurveySize.Confidence confidence : SurveySize.Confidence.values()) {
            if (said.isNumber() && said.asDouble() == confidence.share()) {
                return confidence;
            }
        }
        problem("confidence", "confidence.unknown", "confidence must be 0.9, 0.95 or 0.99");
        return SurveySize.Confidence.P95;
    }

    private double number(String name, double otherwise, double least, double most) {
        JsonNode said = json.path(name);
        if (said.isMissingNode()) {
            return otherwise;
        }
        double value = said.isNumber() ? said.asDouble() : Double.NaN;
        if (value >= least && value <= most) {
            return value;
        }
        problem(
                name,
                "number.range",
                name + " must be a number from " + least + " to " + most + ", was "
                        + AnswerReader.shown(said.toString()),
                least,
                most,
                AnswerReader.shown(said.toString()));
        return otherwise;
    }

    private void problem(String field, String code, String message, Object... values) {
        problems.add(SurveyProblem.of("/" + field, code, message, values));
    }
}
