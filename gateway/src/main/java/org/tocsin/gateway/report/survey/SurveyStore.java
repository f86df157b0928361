package org.tocsin.gateway.report.survey;

import java.util.List;
import java.util.Optional;
import org.tocsin.gateway.ledger.Deed;

/** Keeps the surveys: of an issue one plan, and one answer for each sample number. Blocking; any thread. */
public interface SurveyStore {
    /** The plan of an issue; empty where there is none. */
    Optional<SurveyPlan> plan(String issue);

    /**
     * Keeps a plan together with its line in the ledger.
     *
     * @param plan takes the place of the plan of the attempt before
     * @return whether it was kept: not where the attempt before is not the one that is there, or has answers
     */
    boolean keep(SurveyPlan plan, Deed deed);

    /** All answers to an issue's plan, by sample number. */
    List<SurveyAnswer> answers(String issue);

    /**
     * Keeps answers together with their line in the ledger, all or none; one for a number that has one replaces it.
     *
     * @param issue the issue
     * @param attempt the plan's attempt that they answer
     * @return whether they were kept: not where there is another plan by now
     */
    boolean keep(String issue, int attempt, List<SurveyAnswer> answers, Deed deed);
}
