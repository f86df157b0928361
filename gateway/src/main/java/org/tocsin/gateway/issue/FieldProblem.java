package org.tocsin.gateway.issue;

import java.util.List;

/**
 * Something in the form that stands against a warning, or that somebody should look at twice.
 *
 * @param field the field where it can be mended, one of {@link IssueFields}
 * @param code the rule's word; the pages have its sentence
 * @param arguments what the sentence names: values and limits
 */
public record FieldProblem(String field, String code, List<String> arguments) {
    /** Copies the list. */
    public FieldProblem {
        arguments = List.copyOf(arguments);
    }

    static FieldProblem of(String field, String code, Object... arguments) {
        return new FieldProblem(
                field,
                code,
                java.util.Arrays.stream(arguments).map(String::valueOf).toList());
    }
}
