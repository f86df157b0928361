package org.tocsin.gateway.report.pack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.tocsin.gateway.ledger.EntryJson;
import org.tocsin.gateway.ledger.LedgerEntry;

/** Checks the acts: the ledger's chain, and that the sign-offs stand in it over the message as received. */
final class PackActs {
    private PackActs() {}

    static void check(PackFile pack, JsonNode signOffs, JsonNode ledger, Findings findings) throws IOException {
        String issue = pack.manifest().path("issue").asText();
        String content = PackContent.hashOf(pack, PackFormat.Segment.CAP_RECEIVED);
        findings.check(
                pack.manifest().path("contentHash").asText().equals(content),
                "manifest",
                "contentHash is not that of the message as received");
        findings.check(
                signOffs.path("contentHash").asText().equals(content),
                "segment signoffs",
                "contentHash is not that of the message as received");
        Set<String> acts = chain(issue, ledger, findings);
        for (JsonNode approval : signOffs.path("approvals")) {
            String by = approval.path("by").asText();
            findings.check(
                    approval.path("contentHash").asText().equals(content),
                    "segment signoffs",
                    "the sign-off by " + by + " is over another message");
            findings.check(
                    acts.contains(approve(by, approval.path("at").asLong(), content)),
                    "segment signoffs",
                    "the sign-off by " + by + " is not in the ledger");
        }
    }

    private static Set<String> chain(String issue, JsonNode ledger, Findings findings) {
        Set<String> approvals = new HashSet<>();
        boolean gaps = ledger.path("gaps").asBoolean();
        long last = 0;
        String hash = "";
        for (JsonNode row : ledger.path("entries")) {
            LedgerEntry entry = EntryJson.read(row);
            String place = "segment ledger, entry " + entry.sequence();
            findings.check(entry.isTrue(), place, "its hash is not that of what it says");
            findings.check(entry.sequence() > last, place, "is not in order");
            if (last > 0 && entry.sequence() == last + 1) {
                findings.check(entry.previousHash().equals(hash), place, "does not follow from the one before");
            } else if (last > 0) {
                findings.check(gaps, place, "an entry before it is missing");
            }
            last = entry.sequence();
            hash = entry.hash();
            if (entry.subject().equals(issue) && entry.act().equals("warning.approve")) {
                approvals.add(approve(entry.actor(), entry.at().toEpochMilli(), entry.contentHash()));
            }
        }
        JsonNode head = ledger.path("head");
        long end = head.path("sequence").asLong();
        findings.check(
                end > last || (end == last && head.path("hash").asText().equals(hash)),
                "segment ledger",
                "the head is not behind the entries");
        return approvals;
    }

    private static String approve(String by, long at, String content) {
        return at + " " + content + " " + by;
    }
}
