package org.tocsin.gateway.coverage;

/**
 * A terminal that serves residents of an atom's village.
 *
 * @param serves how many residents of the village it serves, 0 or more; more than the village has counts as all
 * @param finished whether its report that it played or showed this issue to the end is in; only then it counts
 * @param audibility the share of those served who take it in
 */
public record ServingTerminal(double serves, boolean finished, Audibility audibility) {
    /** Refuses a negative or undefined number of people. */
    public ServingTerminal {
        if (!(serves >= 0 && serves < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("serves must be 0 or more, was " + serves);
        }
    }
}
