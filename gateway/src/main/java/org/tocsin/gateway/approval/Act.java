package org.tocsin.gateway.approval;

import java.util.Optional;

/** What can be done to a warning: by people and clients, or by the gateway itself. */
public enum Act {
    /** Changes the content of a draft. */
    EDIT("edit", false),
    /** Hands a draft in. */
    SUBMIT("submit", false),
    /** Takes it back into a draft. */
    WITHDRAW("withdraw", false),
    /** Reviews or signs, whichever is next. */
    APPROVE("approve", false),
    /** Gives it back with a reason. */
    RETURN("return", false),
    /** Refuses it for good with a reason. */
    REJECT("reject", false),
    /** Halts what is not sent yet. */
    STOP("stop", false),
    /** Goes on after a stop. */
    RESUME("resume", false),
    /** Asks for its end: makes a Cancel issue that is signed like any other. */
    CANCEL("cancel", false),
    /** Ends the work on it. */
    CLOSE("close", false),
    /** Its sending has begun. */
    DISPATCH("dispatch", true),
    /** All of it was sent. */
    ACTIVATE("activate", true),
    /** A signed Update takes its place. */
    SUPERSEDE("supersede", true),
    /** A signed Cancel ends it. */
    END("end", true),
    /** Its time is over. */
    EXPIRE("expire", true);

    private final String word;
    private final boolean ofTheGateway;

    Act(String word, boolean ofTheGateway) {
        this.word = word;
        this.ofTheGateway = ofTheGateway;
    }

    /** The word for it in addresses and the ledger. */
    public String word() {
        return word;
    }

    /** Whether only the gateway itself may do it. */
    public boolean isOfTheGateway() {
        return ofTheGateway;
    }

    /** The act of a word, or empty where there is none. */
    public static Optional<Act> of(String word) {
        for (Act act : values()) {
            if (act.word.equals(word)) {
                return Optional.of(act);
            }
        }
        return Optional.empty();
    }
}
