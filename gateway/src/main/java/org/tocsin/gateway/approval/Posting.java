package org.tocsin.gateway.approval;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;

/**
 * What intake hands in: an alert that was read and found valid, as it came.
 *
 * @param alert what was read
 * @param source the bytes as they came
 * @param mediaType of what type they are
 * @param signatureUnverified whether it was signed and the signature was not checked
 * @param audience the name of the audience, such as {@code residents}
 * @param channels the channels wanted; empty means all that the gateway has
 * @param targetSummary what targeting said, machine readable; null where nothing did
 */
public record Posting(
        Alert alert,
        byte[] source,
        String mediaType,
        boolean signatureUnverified,
        String audience,
        Set<String> channels,
        @Nullable String targetSummary) {
    /** Copies the set and the bytes. */
    public Posting {
        source = source.clone();
        channels = Set.copyOf(channels);
    }
}
