package org.tocsin.gateway.report.pack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tocsin.gateway.ledger.EntryJson;
import org.tocsin.gateway.ledger.LedgerEntry;

/**
 * Checks the acts: the ledger's chain, and that sign-offs and ledger say the same of who signed the message as
 * received. An issue that was planned was signed, so no pack is without: the ledger's section has its beginning, its
 * submission and each approval since, and the sign-offs have these approvals, the last by a signer.
 */
final class PackActs {
    private static final String PLACE = "segment signoffs";
    private static final String SECTION = "segment ledger";

    /** An approval, as both segments must have it. */
    private record Approved(String by, long at, String content) {}

    private final String issue;
    private final Findings findings;
    /** The entries of the approvals since the issue was last submitted. */
    private final Map<Approved, Long> approvals = new HashMap<>();

    private String firstAct = "";
    private boolean isSubmitted;

    private PackActs(String issue, Findings findings) {
        this.issue = issue;
        this.findings = findings;
    }

    /** Checks them; gives who signed off, in the order of the pack. */
    static List<PackVerification.SignedOff> check(PackFile pack, JsonNode signOffs, JsonNode ledger, Findings findings)
            throws IOException {
        String content = PackContent.hashOf(pack, PackFormat.Segment.CAP_RECEIVED);
        findings.check(
                pack.manifest().path("contentHash").asText().equals(content),
                "manifest",
                "contentHash is not that of the message as received");
        findings.check(
                signOffs.path("contentHash").asText().equals(content),
                PLACE,
                "contentHash is not that of the message as received");
        PackActs acts = new PackActs(pack.manifest().path("issue").asText(), findings);
        acts.chain(ledger);
        acts.beginning();
        return acts.signOffs(signOffs, content);
    }

    private void chain(JsonNode ledger) {
        boolean gaps = ledger.path("gaps").asBoolean();
        long last = 0;
        String hash = "";
        for (JsonNode row : ledger.path("entries")) {
            LedgerEntry entry = EntryJson.read(row);
            String place = SECTION + ", entry " + entry.sequence();
            findings.check(entry.isTrue(), place, "its hash is not that of what it says");
            findings.check(entry.sequence() > last, place, "is not in order");
            if (last > 0 && entry.sequence() == last + 1) {
                findings.check(entry.previousHash().equals(hash), place, "does not follow from the one before");
            } else if (last > 0) {
                findings.check(gaps, place, "an entry before it is missing");
            }
            last = entry.sequence();
            hash = entry.hash();
            if (entry.subject().equals(issue)) {
                act(entry);
            }
        }
        JsonNode head = ledger.path("head");
        long end = head.path("sequence").asLong();
        findings.check(
                end > last || (end == last && head.path("hash").asText().equals(hash)),
                SECTION,
                "the head is not behind the entries");
    }

    private void act(LedgerEntry entry) {
        if (firstAct.isEmpty()) {
            firstAct = entry.act();
        }
        if (entry.act().equals("warning.submit")) {
            isSubmitted = true;
            approvals.clear();
        } else if (entry.act().equals("warning.approve")) {
            approvals.put(
                    new Approved(entry.actor(), entry.at().toEpochMilli(), entry.contentHash()), entry.sequence());
        }
    }

    private void beginning() {
        findings.check(
                firstAct.equals("warning.create"),
                SECTION,
                firstAct.isEmpty()
                        ? "has no entry about the issue, and it was signed"
                        : "begins with " + firstAct + ", not with the issue's warning.create");
        findings.check(isSubmitted, SECTION, "has no warning.submit of the issue, and it was signed");
        findings.check(!approvals.isEmpty(), SECTION, "has no warning.approve of the issue, and it was signed");
    }

    private List<PackVerification.SignedOff> signOffs(JsonNode signOffs, String content) {
        List<PackVerification.SignedOff> who = new ArrayList<>();
        Set<Approved> told = new HashSet<>();
        String lastRole = "";
        long lastAt = 0;
        for (JsonNode approval : signOffs.path("approvals")) {
            String by = approval.path("by").asText();
            lastRole = approval.path("role").asText();
            lastAt = approval.path("at").asLong();
            findings.check(
                    approval.path("contentHash").asText().equals(content),
                    PLACE,
                    "the sign-off by " + by + " is over another message");
            Approved approved = new Approved(by, lastAt, content);
            Long entry = approvals.get(approved);
            findings.check(told.add(approved), PLACE, "the sign-off by " + by + " stands there twice");
            if (entry == null) {
                findings.add(PLACE, "the sign-off by " + by + " is not in the ledger");
            }
            who.add(new PackVerification.SignedOff(
                    lastRole, by, Instant.ofEpochMilli(lastAt), entry == null ? 0 : entry));
        }
        approvals.forEach((approved, entry) -> findings.check(
                told.contains(approved),
                PLACE,
                "lacks the approval by " + approved.by() + ", which is entry " + entry + " of the ledger"));
        if (who.isEmpty()) {
            findings.add(PLACE, "nobody has signed off, and what is sent was signed");
        } else {
            findings.check(lastRole.equals("signer"), PLACE, "the last sign-off is not by a signer");
            findings.check(
                    signOffs.path("signed").asLong(-1) == lastAt, PLACE, "signed is not the time of the last sign-off");
        }
        return who;
    }
}
