package org.tocsin.gateway.report.survey;

/**
 * One thing that is wrong with what was sent for a survey.
 *
 * @param path where: a JSON pointer, or {@code line 7, heardAt}; empty for the whole
 * @param code a word for programs
 * @param message the rule and the value that breaks it
 */
public record SurveyProblem(String path, String code, String message) {}
