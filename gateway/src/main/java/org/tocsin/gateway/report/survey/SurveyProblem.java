package org.tocsin.gateway.report.survey;

import java.util.Arrays;
import java.util.List;

/**
 * One thing that is wrong with what was sent for a survey.
 *
 * @param path where: a JSON pointer, or {@code line 7, heardAt}; empty for the whole
 * @param code a word for programs, which names the rule in any language
 * @param message the rule and the value that breaks it
 * @param values what the rule speaks of: its limits, then the value that breaks it
 */
public record SurveyProblem(String path, String code, String message, List<String> values) {
    /** Copies the values. */
    public SurveyProblem {
        values = List.copyOf(values);
    }

    static SurveyProblem of(String path, String code, String message, Object... values) {
        return new SurveyProblem(
                path, code, message, Arrays.stream(values).map(String::valueOf).toList());
    }
}
