package org.tocsin.gateway.dispatch;

/** Hears where dispatch stands with an issue, for the warning's life cycle. Called by threads of the dispatcher's. */
public interface IssueStates {
    /** Its plan is durable and its batches are on their way. May be told again after a restart. */
    void dispatching(String issue);

    /** Nothing of it is unsent any more. May be told again after a restart. */
    void sent(String issue);

    /** Nobody listens. */
    static IssueStates none() {
        return new IssueStates() {
            @Override
            public void dispatching(String issue) {
                // Nobody listens.
            }

            @Override
            public void sent(String issue) {
                // Nobody listens.
            }
        };
    }
}
