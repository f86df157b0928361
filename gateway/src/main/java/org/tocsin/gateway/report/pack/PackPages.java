package org.tocsin.gateway.report.pack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.approval.Approval;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.coverage.Audibility;
import org.tocsin.gateway.dispatch.Replayed;
import org.tocsin.gateway.ledger.EntryJson;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.receipt.Delivery;
import org.tocsin.gateway.report.CoverageSubject;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.MeasuredArea;

/** The segments that are canonical JSON. */
final class PackPages {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PackPages() {}

    /** The sign-offs, without the names of those who gave them. */
    static ObjectNode signOffs(Warning warning) {
        ObjectNode page = JSON.objectNode();
        Instant signed = warning.signed();
        put(page, "submitted", warning.submitted());
        put(page, "signed", signed);
        page.put("author", warning.author()).put("contentHash", warning.contentHash());
        ArrayNode rows = page.putArray("approvals");
        for (Approval approval : warning.approvals()) {
            rows.addObject()
                    .put("role", approval.role().word())
                    .put("by", approval.by())
                    .put("at", approval.at().toEpochMilli())
                    .put("version", approval.version())
                    .put("contentHash", warning.contentHash());
        }
        return page;
    }

    /** The target definition: the atoms, and what names the registry that they were made of. */
    static ObjectNode target(Replayed replayed) {
        MeasuredArea area = replayed.area();
        ObjectNode page = JSON.objectNode()
                .put("audience", area.audience())
                .put("isPublic", area.isPublic())
                .put("planned", replayed.planned().toEpochMilli())
                .put("generation", replayed.generation())
                .put("divisionsHash", replayed.hashes().divisions())
                .put("registryHash", replayed.hashes().registry());
        ArrayNode rows = page.putArray("atoms");
        for (Atom atom : area.atoms()) {
            rows.addObject()
                    .put("code", atom.code())
                    .put("name", atom.name())
                    .put("residents", atom.residents())
                    .put("villageResidents", atom.villageResidents())
                    .put("cut", atom.cut())
                    .put("share", Double.toString(atom.share()))
                    .put("living", atom.living().getCardinality())
                    .put("unpositioned", atom.unpositionedCount());
        }
        return page;
    }

    /** The numbers, by code, of the terminals that serve the area or were planned. */
    static Map<String, Integer> terminalsByCode(Replayed replayed, PackSources sources) {
        RoaringBitmap numbers = new RoaringBitmap();
        replayed.area().terminals().forEach(terminal -> numbers.add(terminal.number()));
        for (String channel : replayed.evidence().channels()) {
            if (replayed.evidence().channel(channel).isOfTerminals()) {
                numbers.or(replayed.evidence().channel(channel).planned());
            }
        }
        Map<String, Integer> byCode = new TreeMap<>();
        for (int number : numbers) {
            byCode.put(sources.terminalCode(number), number);
        }
        return byCode;
    }

    /** What serves whom, as the pack's rows need it. */
    static final class Serving {
        private final Map<Integer, MeasuredArea.Serving> byNumber = new HashMap<>();
        private final Map<Integer, String> codes = new HashMap<>();

        Serving(MeasuredArea area) {
            area.atoms().forEach(atom -> codes.put(atom.village(), atom.code()));
            area.terminals().forEach(terminal -> byNumber.put(terminal.number(), terminal));
        }
    }

    /** A terminal with what it serves, its states by channel, and whether it has finished. */
    static ObjectNode terminal(
            String code,
            int number,
            Replayed replayed,
            Serving serving,
            CoverageSubject subject,
            List<String> channels) {
        MeasuredArea.@Nullable Serving serves = serving.byNumber.get(number);
        ObjectNode row = JSON.objectNode()
                .put("code", code)
                .put("village", serves == null ? "" : serving.codes.getOrDefault(serves.village(), ""))
                .put("serves", serves == null ? 0 : serves.serves());
        ObjectNode states = row.putObject("states");
        boolean finished = false;
        List<String> words = PackFormat.states();
        for (String channel : channels) {
            Delivery.State state = replayed.evidence().channel(channel).stateOf(number);
            int place = PackFormat.number(state);
            if (place > 0) {
                states.put(channel, words.get(place));
            }
            finished |= PackFormat.level(place) > 0;
        }
        row.put("finished", finished);
        Audibility audibility = subject.audibility().apply(number);
        if (!audibility.equals(Audibility.UNSURVEYED)) {
            row.putObject("audibility")
                    .put("low", Double.toString(audibility.low()))
                    .put("mid", Double.toString(audibility.mid()))
                    .put("high", Double.toString(audibility.high()))
                    .put("source", audibility.source());
        }
        return row;
    }

    /** All entries from the issue's first act to its last; only those about it where there are too many between. */
    static ObjectNode ledger(String issue, PackSources sources) {
        List<LedgerEntry> all = new ArrayList<>();
        List<LedgerEntry> own = new ArrayList<>();
        int[] last = {0};
        boolean[] whole = {true};
        sources.ledger(entry -> {
            boolean isOwn = entry.subject().equals(issue);
            if (isOwn && own.size() < PackFormat.MOST_LEDGER_ENTRIES) {
                own.add(entry);
            }
            if (whole[0] && (isOwn || !all.isEmpty())) {
                if (all.size() == PackFormat.MOST_LEDGER_ENTRIES) {
                    // What comes after the last own act does not count, so it is not known yet whether this matters.
                    whole[0] = false;
                    return;
                }
                all.add(entry);
                last[0] = isOwn ? all.size() : last[0];
            } else if (isOwn) {
                last[0] = -1;
            }
        });
        LedgerHead head = sources.ledgerHead();
        List<LedgerEntry> section = last[0] >= 0 ? all.subList(0, last[0]) : own;
        ObjectNode page = JSON.objectNode().put("gaps", last[0] < 0);
        page.putObject("head").put("sequence", head.sequence()).put("hash", head.hash());
        ArrayNode rows = page.putArray("entries");
        for (LedgerEntry entry : section) {
            rows.add(EntryJson.of(entry));
        }
        return page;
    }

    private static void put(ObjectNode page, String name, @Nullable Instant at) {
        if (at == null) {
            page.putNull(name);
        } else {
            page.put(name, at.toEpochMilli());
        }
    }
}
