package org.tocsin.gateway.receipt;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together what the links know of an issue. */
public final class EvidenceMerge {
    /**
     * A channel's part of an issue.
     *
     * @param name the channel's name
     * @param terminals whether it addresses terminals rather than persons
     * @param reports whether it can report deliveries, and one may still come
     * @param planned whom the plan gave to each link, by the link's id; is read alone
     */
    public record ChannelPart(String name, boolean terminals, boolean reports, Map<String, Bits> planned) {}

    private EvidenceMerge() {}

    /**
     * Merges.
     *
     * @param issue the issue's id
     * @param version grows with each change
     * @param parts the channels on which the issue was planned
     * @param links by channel's name the channel's links, by id
     * @return the evidence at this moment
     */
    public static IssueEvidence merge(
            String issue, long version, List<ChannelPart> parts, Map<String, Map<String, LinkEvidence>> links) {
        Map<String, Map<String, RouteEvidence>> known = new HashMap<>();
        links.forEach((channel, ofChannel) -> {
            Map<String, RouteEvidence> routes = new LinkedHashMap<>();
            ofChannel.forEach((link, evidence) -> evidence.snapshot(issue).ifPresent(route -> routes.put(link, route)));
            known.put(channel, routes);
        });
        return mergeRoutes(issue, version, parts, known);
    }

    /** The same of what the links knew of this issue; the routes are taken, not copied. */
    static IssueEvidence mergeRoutes(
            String issue, long version, List<ChannelPart> parts, Map<String, Map<String, RouteEvidence>> known) {
        Map<String, ChannelEvidence> channels = new TreeMap<>();
        for (ChannelPart part : parts) {
            Map<String, RouteEvidence> routes = known.getOrDefault(part.name(), Map.of());
            channels.put(part.name(), new ChannelEvidence(part.terminals(), part.reports(), part.planned(), routes));
        }
        return new IssueEvidence(issue, version, channels);
    }
}
