package org.tocsin.gateway.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.ledger.EntryJson;
import org.tocsin.gateway.ledger.LedgerFile;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.ledger.LiveCheck;
import org.tocsin.gateway.ledger.Seal;
import org.tocsin.gateway.ledger.SealStore;
import org.tocsin.gateway.ledger.WitnessBook;
import org.tocsin.gateway.ledger.WitnessDesk;
import org.tocsin.gateway.ledger.WitnessRound;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The API of the ledger: entries, export, seals, verification, and what this gateway keeps as a witness. */
final class LedgerRoutes {
    private static final String API = "/api/v1/ledger";
    private static final int PAGE = 100;
    private static final int MOST = 500;
    private static final long CHECKED = 20_000;
    private static final long MOST_CHECKED = 100_000;
    private static final int AT_ONCE = 2;
    private static final long FAR = 1_000_000_000_000L;

    private final LedgerDesk ledger;
    private final Semaphore longOnes = new Semaphore(AT_ONCE);

    LedgerRoutes(Rooms rooms) {
        this.ledger = rooms.ledger();
    }

    List<RouteSpec> routes() {
        Set<Role> auditors = EnumSet.of(Role.AUDITOR, Role.ADMIN);
        String witness = "/api/v1/witness/seals";
        return List.of(
                RouteSpec.get(API, Gate.KEY, this::entries, 200, 400, 401, 403, 429, 503)
                        .onlyFor(auditors),
                RouteSpec.get(API + "/export", Gate.KEY, this::export, 200, 400, 401, 403, 429, 503)
                        .onlyFor(auditors),
                RouteSpec.get(API + "/seals", Gate.KEY, this::seals, 200, 400, 401, 403, 429, 503)
                        .onlyFor(auditors),
                RouteSpec.get(API + "/verification", Gate.KEY, this::verification, 200, 400, 401, 403, 429, 503)
                        .onlyFor(auditors),
                RouteSpec.get(witness, Gate.KEY, this::kept, 200, 400, 401, 403, 429, 503)
                        .onlyFor(auditors),
                RouteSpec.post(
                                witness,
                                Gate.KEY,
                                EnumSet.of(Role.WITNESS),
                                Seal.LONGEST,
                                this::take,
                                200,
                                201,
                                400,
                                401,
                                403,
                                409,
                                413,
                                415,
                                422,
                                429,
                                503,
                                507)
                        .keeping());
    }

    private Answer entries(Call call) {
        List<Problem> problems = new ArrayList<>();
        long from = number(call, "from", 1, 1, FAR, problems);
        int limit = (int) number(call, "limit", PAGE, 1, MOST, problems);
        if (!problems.isEmpty()) {
            return Answer.problem(400, problems, null);
        }
        LedgerHead head = ledger.entries().head();
        ObjectNode page = page(head);
        ArrayNode rows = page.putArray("entries");
        long to = Math.min(head.sequence(), from + limit - 1);
        if (from <= to) {
            ledger.entries().read(from, to, entry -> rows.add(EntryJson.of(entry)));
        }
        return Answer.json(200, next(page, to, head));
    }

    private Answer export(Call call) throws IOException {
        LedgerHead head = ledger.entries().head();
        List<Problem> problems = new ArrayList<>();
        long from = number(call, "from", 1, 1, Math.max(1, head.sequence()), problems);
        long to = number(call, "to", head.sequence(), 0, head.sequence(), problems);
        if (problems.isEmpty() && to < from - 1) {
            problems.add(new Problem("to", "parameter", "to must not lie before from"));
        }
        if (problems.isEmpty() && to - from >= LedgerFile.MOST_ENTRIES) {
            problems.add(new Problem(
                    "to",
                    "parameter",
                    "a file has at most " + LedgerFile.MOST_ENTRIES + " entries: ask for parts by from and to"));
        }
        if (!problems.isEmpty()) {
            return Answer.problem(400, problems, null);
        }
        if (!longOnes.tryAcquire()) {
            return busy();
        }
        Path folder = null;
        boolean handed = false;
        try {
            folder = Files.createTempDirectory("tocsin-ledger");
            Path file = folder.resolve("ledger");
            LedgerHead end = to == head.sequence() ? head : headAt(to);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                LedgerFile.write(ledger.entries(), from, end, out);
            }
            handed = true;
            return Answer.file(new SentFile(file, longOnes::release))
                    .with(
                            "Content-Disposition",
                            "attachment; filename=\"tocsin-ledger-" + from + "-" + to + ".jsonl\"");
        } finally {
            if (!handed) {
                longOnes.release();
                if (folder != null) {
                    Files.deleteIfExists(folder.resolve("ledger"));
                    Files.deleteIfExists(folder);
                }
            }
        }
    }

    private LedgerHead headAt(long sequence) {
        LedgerHead[] found = {new LedgerHead(sequence, "")};
        ledger.entries().read(sequence, sequence, entry -> found[0] = entry.head());
        return found[0];
    }

    private Answer seals(Call call) {
        List<Problem> problems = new ArrayList<>();
        int from = (int) number(call, "cursor", 0, 0, Integer.MAX_VALUE, problems);
        int limit = (int) number(call, "limit", PAGE, 1, MOST, problems);
        if (!problems.isEmpty()) {
            return Answer.problem(400, problems, null);
        }
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = page.putArray("seals");
        List<Seal> seals = ledger.seals().read(from, limit);
        seals.forEach(seal -> rows.addObject().set("seal", seal.json()));
        cursor(page, from + seals.size(), ledger.seals().count());
        ArrayNode witnesses = page.putArray("witnesses");
        for (WitnessRound.State state : ledger.witnesses().get()) {
            List<SealStore.Receipt> receipts = ledger.seals().receipts(state.id(), from, limit);
            for (int at = 0; at < Math.min(rows.size(), receipts.size()); at++) {
                if (receipts.get(at).seal().equals(seals.get(at).hash())) {
                    ((ObjectNode) rows.get(at))
                            .withObjectProperty("receipts")
                            .put(state.witness(), receipts.get(at).answer());
                }
            }
            witnesses
                    .addObject()
                    .put("witness", state.witness())
                    .put("confirmed", state.confirmed())
                    .put("behind", state.behind())
                    .put("refused", state.refused())
                    .put("contradicted", state.contradicted())
                    .put("failure", state.failure())
                    .put(
                            "nextTry",
                            state.nextTry() == null ? null : state.nextTry().toString());
        }
        return Answer.json(200, page);
    }

    private Answer verification(Call call) {
        List<Problem> problems = new ArrayList<>();
        long from = number(call, "from", 1, 1, FAR, problems);
        long limit = number(call, "limit", CHECKED, 1, MOST_CHECKED, problems);
        if (!problems.isEmpty()) {
            return Answer.problem(400, problems, null);
        }
        if (!longOnes.tryAcquire()) {
            return busy();
        }
        try {
            LiveCheck.Found found = LiveCheck.of(ledger.entries(), ledger.seals(), from, limit);
            ObjectNode page = page(found.head())
                    .put("from", from)
                    .put("to", found.to())
                    .put("entries", found.entries())
                    .put("seals", found.seals())
                    .put("holds", found.troubles().isEmpty());
            ArrayNode signers = page.putArray("signers");
            String own = ledger.desk().ownSigner();
            found.signers().forEach((signer, days) -> signers.addObject()
                    .put("signer", signer)
                    .put("isOwn", signer.equals(own))
                    .put("from", days.get(0).toString())
                    .put("to", days.get(days.size() - 1).toString()));
            ArrayNode troubles = page.putArray("troubles");
            found.troubles()
                    .forEach(trouble ->
                            troubles.addObject().put("place", trouble.place()).put("what", trouble.what()));
            return Answer.json(200, next(page, found.to(), found.head()));
        } finally {
            longOnes.release();
        }
    }

    private Answer take(Call call) {
        String type = call.mediaType() == null
                ? ""
                : call.mediaType().toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        if (!type.equals("application/json")) {
            return Answer.problem(415, "media-type", "send the seal as application/json");
        }
        Seal seal;
        try {
            seal = Seal.read(call.body());
        } catch (Seal.Malformed malformed) {
            return Answer.problem(
                    400,
                    malformed.problems().stream()
                            .map(problem -> new Problem(field(problem), "seal", problem))
                            .toList(),
                    null);
        }
        WitnessDesk.Taken taken = ledger.desk().take(call.principal().id(), seal);
        if (taken instanceof WitnessDesk.New fresh) {
            return Answer.json(201, fresh.receipt().json());
        }
        if (taken instanceof WitnessDesk.Known known) {
            return Answer.json(200, known.receipt().json());
        }
        WitnessDesk.Refused refused = (WitnessDesk.Refused) taken;
        int status =
                switch (refused.why()) {
                    case SIGNER -> 403;
                    case SIGNATURE, DAY -> 422;
                    case CONTRADICTION, GAP -> 409;
                };
        return Answer.problem(status, refused.why().code(), refused.message());
    }

    private Answer kept(Call call) {
        List<Problem> problems = new ArrayList<>();
        String of = call.query().getOrDefault("of", "");
        if (!of.matches("[0-9a-f]{64}")) {
            problems.add(new Problem(
                    "of", "parameter", "of must be a signer's fingerprint, 64 lower-case hexadecimal digits"));
        }
        int from = (int) number(call, "cursor", 0, 0, Integer.MAX_VALUE, problems);
        int limit = (int) number(call, "limit", PAGE, 1, MOST, problems);
        if (!problems.isEmpty()) {
            return Answer.problem(400, problems, null);
        }
        ObjectNode page = JsonNodeFactory.instance.objectNode().put("of", of);
        ArrayNode rows = page.putArray("seals");
        List<WitnessBook.Kept> kept = ledger.desk().kept(of, from, limit + 1);
        for (WitnessBook.Kept one : kept.subList(0, Math.min(limit, kept.size()))) {
            ObjectNode row = rows.addObject();
            row.set("seal", one.seal().json());
            row.set("receipt", one.receipt().json());
        }
        ArrayNode contradictions = page.putArray("contradictions");
        ledger.desk().contradictions(of).forEach(seal -> contradictions.add(seal.json()));
        cursor(page, from + rows.size(), from + kept.size());
        return Answer.json(200, page);
    }

    private static String field(String problem) {
        int colon = problem.indexOf(": ");
        return colon < 0 ? "" : "/" + problem.substring(0, colon);
    }

    private static Answer busy() {
        return Answer.problem(503, "busy", "the ledger is being read for others; try again soon")
                .with("Retry-After", "10");
    }

    private static ObjectNode page(LedgerHead head) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.putObject("head").put("sequence", head.sequence()).put("hash", head.hash());
        return page;
    }

    private static ObjectNode next(ObjectNode page, long to, LedgerHead head) {
        return to < head.sequence() ? page.put("next", to + 1) : page.putNull("next");
    }

    private static void cursor(ObjectNode page, int end, int count) {
        if (end < count) {
            page.put("cursor", Integer.toString(end));
        } else {
            page.putNull("cursor");
        }
    }

    private static long number(Call call, String name, long otherwise, long least, long most, List<Problem> problems) {
        @Nullable String text = call.query().get(name);
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,13}")) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        problems.add(new Problem(name, "parameter", name + " must be a whole number of " + least + " to " + most));
        return otherwise;
    }
}
