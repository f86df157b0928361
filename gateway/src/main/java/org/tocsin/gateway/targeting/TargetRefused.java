package org.tocsin.gateway.targeting;

import java.util.List;

/** A warning cannot be targeted; nobody is, rather than the wrong ones. */
public final class TargetRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<TargetProblem> problems;

    /** Takes the problems, at least one. */
    public TargetRefused(List<TargetProblem> problems) {
        super(problems.stream().map(TargetProblem::message).toList().toString());
        this.problems = List.copyOf(problems);
    }

    /** What is wrong. */
    public List<TargetProblem> problems() {
        return problems;
    }
}
