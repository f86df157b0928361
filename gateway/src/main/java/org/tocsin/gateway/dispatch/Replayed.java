package org.tocsin.gateway.dispatch;

import java.time.Instant;
import java.util.Map;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.registry.RegistryHashes;
import org.tocsin.gateway.targeting.MeasuredArea;

/**
 * An issue as its plan and the journals tell it.
 *
 * @param evidence what is known at the end of the journals
 * @param area of whom its coverage is a share
 * @param hashes of the registry that it was planned with
 * @param generation the registry's generation in which numbers mean something
 * @param planned when it was planned
 * @param channels the channel of each link that may have a part in it, by the link's id
 */
public record Replayed(
        IssueEvidence evidence,
        MeasuredArea area,
        RegistryHashes hashes,
        int generation,
        Instant planned,
        Map<String, String> channels) {
    /** Copies the map. */
    public Replayed {
        channels = Map.copyOf(channels);
    }
}
