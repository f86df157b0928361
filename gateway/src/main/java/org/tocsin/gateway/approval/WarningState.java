package org.tocsin.gateway.approval;

import java.util.Optional;

/** Where a warning stands in its life cycle. */
public enum WarningState {
    /** 草稿: kept, not submitted. */
    DRAFT("draft"),
    /** 待审核: waits for a reviewer. */
    IN_REVIEW("inReview"),
    /** 待签发: waits for a signer. */
    AWAITING_SIGNATURE("awaitingSignature"),
    /** 已退回: given back to be edited. */
    RETURNED("returned"),
    /** 已否决: refused for good. */
    REJECTED("rejected"),
    /** 已签发: may reach the public; not planned yet. */
    SIGNED("signed"),
    /** 发布中: batches are being sent. */
    DISPATCHING("dispatching"),
    /** 生效中: all was sent, it holds. */
    ACTIVE("active"),
    /** 已停止: nothing more is sent. */
    STOPPED("stopped"),
    /** 已更新: a later issue took its place. */
    SUPERSEDED("superseded"),
    /** 已解除: a Cancel ended it. */
    CANCELLED("cancelled"),
    /** 已过期: its time is over. */
    EXPIRED("expired"),
    /** 已结束: nothing will come any more. */
    CLOSED("closed");

    private final String word;

    WarningState(String word) {
        this.word = word;
    }

    /** The contract's word. */
    public String word() {
        return word;
    }

    /** Whether it waits for an approval. */
    public boolean isPending() {
        return this == IN_REVIEW || this == AWAITING_SIGNATURE;
    }

    /** Whether it is with its author. */
    public boolean isUnsent() {
        return this == DRAFT || this == RETURNED;
    }

    /** Whether it may still be sent or hold. */
    public boolean isOpen() {
        return this == SIGNED || this == DISPATCHING || this == ACTIVE || this == STOPPED;
    }

    /** The state of a word, or empty where there is none. */
    public static Optional<WarningState> of(String word) {
        for (WarningState state : values()) {
            if (state.word.equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
