package org.tocsin.gateway.access;

import java.util.Locale;
import java.util.Optional;

/** What a client or person may do at all; where and for which hazards, its {@link Principal} says. */
public enum Role {
    /** 拟稿: makes, edits, submits and withdraws warnings, and asks for their cancel. */
    ISSUER,
    /** 审核: reviews, returns and rejects. */
    REVIEWER,
    /** 签发: signs, returns, rejects, stops, resumes and closes. */
    SIGNER,
    /** An agency's system: as an issuer, by API. */
    AGENCY,
    /** Reads everything, the ledger and evidence too. */
    AUDITOR,
    /** Keeps the registry and the channels. */
    ADMIN,
    /** Another county's gateway, which brings its ledger's seals here; by itself it opens nothing else. */
    WITNESS;

    /** The word for it in settings and answers, such as {@code issuer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its people count as somebody's second person: they review, sign, or confirm changes of rights. */
    public boolean isSecondPerson() {
        return this == REVIEWER || this == SIGNER || this == ADMIN;
    }

    /** The role of a word, or empty where there is none; the case of letters counts. */
    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
