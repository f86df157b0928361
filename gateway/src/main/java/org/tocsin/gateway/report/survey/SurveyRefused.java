package org.tocsin.gateway.report.survey;

import java.util.List;

/** What was asked of a survey cannot be done; says why, all at once. */
public final class SurveyRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Why why;
    private final transient List<SurveyProblem> problems;

    /** What kind of reason it is. */
    public enum Why {
        /** There is no survey, or nothing to survey. */
        NONE,
        /** What was sent is wrong. */
        INVALID,
        /** Not as things stand. */
        CONFLICT
    }

    SurveyRefused(Why why, List<SurveyProblem> problems) {
        super(problems.isEmpty() ? why.name() : problems.get(0).message(), null, false, false);
        this.why = why;
        this.problems = List.copyOf(problems);
    }

    SurveyRefused(Why why, String code, String message, Object... values) {
        this(why, List.of(SurveyProblem.of("", code, message, values)));
    }

    /** What kind of reason it is. */
    public Why why() {
        return why;
    }

    /** The reasons, at least one. */
    public List<SurveyProblem> problems() {
        return problems;
    }
}
