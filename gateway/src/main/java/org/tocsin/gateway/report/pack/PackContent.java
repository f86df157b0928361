package org.tocsin.gateway.report.pack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tocsin.gateway.coverage.AtomFacts;
import org.tocsin.gateway.coverage.Audibility;
import org.tocsin.gateway.coverage.Coverage;
import org.tocsin.gateway.coverage.Dissemination;
import org.tocsin.gateway.coverage.ServingTerminal;
import org.tocsin.gateway.coverage.TerminalGroup;
import org.tocsin.gateway.ledger.CanonicalJson;
import org.tocsin.gateway.targeting.Atom;

/** Checks what the segments of one pack say against each other. Used once, by one thread. */
final class PackContent {
    private final PackFile pack;
    private final Findings findings;
    private final Map<String, PackVerification.Figure> figures;
    private final JsonNode manifest;
    private final JsonNode target;
    private final JsonNode terminals;
    private final List<String> personChannels;
    private final List<String> terminalChannels;
    private final PersonCounts persons;
    private final List<String> words = PackFormat.states();
    private final List<PackVerification.SignedOff> signedOff = new ArrayList<>();

    PackContent(PackFile pack, Findings findings, Map<String, PackVerification.Figure> figures) throws IOException {
        this.pack = pack;
        this.findings = findings;
        this.figures = figures;
        this.manifest = pack.manifest();
        this.target = canonical(PackFormat.Segment.TARGET);
        this.terminals = canonical(PackFormat.Segment.TERMINALS);
        this.personChannels = texts(manifest.path("personChannels"));
        this.terminalChannels = texts(manifest.path("terminalChannels"));
        this.persons = new PersonCounts(target.path("atoms").size(), personChannels.size());
    }

    void check() throws IOException {
        vocabulary();
        signedOff.addAll(PackActs.check(
                pack, canonical(PackFormat.Segment.SIGN_OFFS), canonical(PackFormat.Segment.LEDGER), findings));
        if (personChannels.size() > PackFormat.MOST_CHANNELS) {
            findings.add("manifest", "more than " + PackFormat.MOST_CHANNELS + " channels of persons");
            return;
        }
        try (DataInputStream receipts = pack.stream(PackFormat.Segment.RECEIPTS);
                DataInputStream people = pack.stream(PackFormat.Segment.PERSONS)) {
            int[] channelOfLink = channelOfLink();
            findings.reading(PackFormat.Segment.RECEIPTS);
            ReceiptReader reader =
                    new ReceiptReader(receipts, pack.lengthOf(PackFormat.Segment.RECEIPTS), channelOfLink.length);
            ProvenLevels proven =
                    new ProvenLevels(reader, channelOfLink, personChannels.size() + terminalChannels.size());
            findings.reading(PackFormat.Segment.PERSONS);
            persons(people, proven);
            findings.reading(PackFormat.Segment.TERMINALS);
            terminals(proven);
            findings.reading(PackFormat.Segment.RECEIPTS);
            findings.check(!proven.hasMore(), "segment receipts", "has receipts of nobody in the pack");
            JsonNode said = manifest.path("receipts");
            findings.check(
                    said.path("count").asLong(-1) == reader.count(),
                    "segment receipts",
                    reader.count() + " receipts, the manifest says " + said.path("count"));
            findings.check(
                    said.path("chunks").asLong(-1) == reader.root().leaves(),
                    "segment receipts",
                    reader.root().leaves() + " chunks, the manifest says " + said.path("chunks"));
            findings.check(
                    said.path("merkleRoot").asText().equals(reader.root().hex()),
                    "segment receipts",
                    "the Merkle root is not the one in the manifest");
        } catch (ReceiptReader.Broken broken) {
            findings.add("segment receipts", String.valueOf(broken.getMessage()));
            return;
        }
        if (findings.isEmpty()) {
            coverage();
        }
    }

    /** Who signed off, as {@link #check} read it. */
    List<PackVerification.SignedOff> signedOff() {
        return signedOff;
    }

    private void vocabulary() {
        for (String name : List.of("issue", "warning", "identifier", "sender", "status", "mediaType")) {
            findings.check(
                    !manifest.path(name).asText("").isBlank()
                            && manifest.path(name).isTextual(),
                    "manifest",
                    name + " is missing");
        }
        findings.check(manifest.path("made").asLong() > 0, "manifest", "made is no time");
        findings.check(
                manifest.path("version").asLong() == PackFormat.VERSION, "manifest", "version is not that of the head");
        findings.check(texts(manifest.path("states")).equals(words), "manifest", "states are not those of version 1");
        findings.check(
                texts(manifest.path("evidence")).equals(PackFormat.evidence()),
                "manifest",
                "evidence is not that of version 1");
        findings.check(
                texts(manifest.path("reasons")).equals(PackFormat.reasons()),
                "manifest",
                "reasons are not those of version 1");
    }

    /** The channel of each link: persons' channels first, then terminals'. */
    private int[] channelOfLink() {
        List<String> channels = new ArrayList<>(personChannels);
        channels.addAll(terminalChannels);
        int[] channelOfLink = new int[manifest.path("links").size()];
        for (int link = 0; link < channelOfLink.length; link++) {
            int channel = channels.indexOf(
                    manifest.path("links").path(link).path("channel").asText());
            if (channel < 0) {
                throw new IllegalArgumentException("link " + link + " is of a channel that there is not");
            }
            channelOfLink[link] = channel;
        }
        return channelOfLink;
    }

    private void persons(DataInputStream in, ProvenLevels proven) throws IOException, ReceiptReader.Broken {
        int atoms = target.path("atoms").size();
        int record = PackFormat.PSEUDONYM + PackFormat.stateBytes(personChannels.size());
        long left = pack.lengthOf(PackFormat.Segment.PERSONS);
        int place = 0;
        byte[] row = new byte[record];
        byte[] before = new byte[record];
        for (int group = 0; group <= 2 * atoms; group++) {
            if (left < Integer.BYTES) {
                findings.add("segment persons", "ends before group " + group);
                return;
            }
            long count = in.readInt() & 0xffffffffL;
            left -= Integer.BYTES;
            if (count * record > left) {
                findings.add("segment persons", "group " + group + " of " + count + " persons does not fit");
                return;
            }
            for (long at = 0; at < count; at++) {
                in.readFully(row);
                if (at > 0
                        && Arrays.compareUnsigned(row, 0, PackFormat.PSEUDONYM, before, 0, PackFormat.PSEUDONYM) <= 0) {
                    findings.add("segment persons", "person " + place + " is not in order");
                }
                person(group, place, row, proven.at(place));
                System.arraycopy(row, 0, before, 0, record);
                place++;
            }
            left -= count * record;
        }
        findings.check(left == 0, "segment persons", left + " bytes stand behind the last group");
        findings.check(
                manifest.path("persons").asLong(-1) == place,
                "segment persons",
                place + " persons, the manifest says " + manifest.path("persons"));
        findings.check(persons.isDistinct(), "segment persons", "a pseudonym stands there twice");
        for (int atom = 0; atom < atoms; atom++) {
            JsonNode said = target.path("atoms").path(atom);
            findings.check(
                    persons.planned(2 * atom) <= said.path("living").asLong(-1)
                            && persons.planned(2 * atom + 1)
                                    <= said.path("unpositioned").asLong(-1),
                    "segment persons",
                    "more persons of " + said.path("code").asText() + " than live there");
        }
    }

    private void person(int group, int place, byte[] row, int[] proven) {
        int highest = 0;
        boolean fits = true;
        for (int channel = 0; channel < 2 * (row.length - PackFormat.PSEUDONYM); channel++) {
            int both = row[PackFormat.PSEUDONYM + channel / 2];
            int state = (channel % 2 == 0 ? both >> 4 : both) & 0xf;
            if (channel >= personChannels.size() || state >= words.size()) {
                fits &= state == 0;
                continue;
            }
            int level = PackFormat.level(state);
            if (level != proven[channel]) {
                findings.add(
                        "segment persons",
                        "person " + place + " is '" + words.get(state) + "' by " + personChannels.get(channel)
                                + ", the receipts prove level " + proven[channel]);
            }
            persons.count(channel, state);
            highest = Math.max(highest, level);
        }
        findings.check(fits, "segment persons", "person " + place + " has a state that there is not");
        for (int channel = personChannels.size(); channel < proven.length; channel++) {
            findings.check(proven[channel] == 0, "segment receipts", "person " + place + " on a terminals' link");
        }
        persons.add(group, row, highest);
    }

    private void terminals(ProvenLevels proven) throws IOException, ReceiptReader.Broken {
        int place = persons.all();
        String before = "";
        for (JsonNode row : terminals) {
            String code = row.path("code").asText();
            findings.check(before.compareTo(code) < 0, "segment terminals", "terminal " + code + " is not in order");
            before = code;
            int[] levels = proven.at(place++);
            boolean finished = false;
            for (int channel = 0; channel < levels.length; channel++) {
                String name = channel < personChannels.size()
                        ? personChannels.get(channel)
                        : terminalChannels.get(channel - personChannels.size());
                String word = row.path("states").path(name).asText("none");
                int state = words.indexOf(word);
                if (state < 0 || PackFormat.level(state) != levels[channel]) {
                    findings.add(
                            "segment terminals",
                            "terminal " + code + " is '" + word + "', the receipts prove level " + levels[channel]);
                }
                finished |= levels[channel] > 0;
            }
            findings.check(
                    row.path("finished").asBoolean() == finished,
                    "segment terminals",
                    "terminal " + code + ": finished does not follow from the receipts");
        }
        findings.check(
                manifest.path("terminals").asLong(-1) == terminals.size(),
                "segment terminals",
                terminals.size() + " terminals, the manifest says " + manifest.path("terminals"));
    }

    private void coverage() throws IOException {
        findings.reading(PackFormat.Segment.TARGET);
        Map<String, List<TerminalGroup>> finished = new HashMap<>();
        Set<String> equipped = new HashSet<>();
        for (JsonNode row : terminals) {
            if (!row.path("states").isEmpty()) {
                equipped.add(row.path("village").asText());
            }
            if (row.path("finished").asBoolean()) {
                finished.computeIfAbsent(row.path("village").asText(), village -> new ArrayList<>())
                        .add(TerminalGroup.of(new ServingTerminal(
                                count(
                                        PackFormat.Segment.TERMINALS,
                                        row.path("code").asText(),
                                        row,
                                        "serves"),
                                true,
                                audibility(row))));
            }
        }
        List<AtomFacts> facts = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        Set<String> villages = new HashSet<>();
        Set<String> delivered = new HashSet<>();
        for (int atom = 0; atom < target.path("atoms").size(); atom++) {
            JsonNode said = target.path("atoms").path(atom);
            String code = said.path("code").asText();
            List<TerminalGroup> groups = finished.getOrDefault(code, List.of());
            int reached = persons.reached(2 * atom);
            int unpositioned = persons.reached(2 * atom + 1);
            int residents = residents(code, said);
            facts.add(new AtomFacts(
                    code,
                    said.path("name").asText(),
                    residents,
                    count(PackFormat.Segment.TARGET, code, said, "villageResidents"),
                    said.path("cut").asBoolean(),
                    reached,
                    unpositioned,
                    groups));
            codes.add(code);
            boolean isPlanned =
                    persons.planned(2 * atom) + persons.planned(2 * atom + 1) > 0 || equipped.contains(code);
            if (Dissemination.isVillageOfTheArea(residents, isPlanned)) {
                villages.add(code);
            }
            if (reached + unpositioned > 0 || !groups.isEmpty()) {
                delivered.add(code);
            }
        }
        findings.check(codes.size() == facts.size(), "segment target", "a village stands there as more than one atom");
        boolean applies = target.path("isPublic").asBoolean()
                && manifest.path("status").asText().equals("Actual")
                && facts.stream().anyMatch(atom -> atom.residents() > 0);
        findings.reading(PackFormat.Segment.COVERAGE);
        JsonNode stated = CanonicalJson.read(pack.bytes(PackFormat.Segment.COVERAGE));
        // Packs from before shares were in them counted every village that the area touches, also where nobody lives.
        int counted = stated.has("percent") ? villages.size() : facts.size();
        new CoverageComparison(stated, findings, figures)
                .compare(Coverage.of(facts), applies, goal(), counted, delivered, persons, personChannels);
    }

    /** N of an atom, which must be the share of the village's residents, in whole persons. */
    private int residents(String code, JsonNode said) {
        int residents = count(PackFormat.Segment.TARGET, code, said, "residents");
        int village = count(PackFormat.Segment.TARGET, code, said, "villageResidents");
        double share = decimal("share of " + code, said.path("share"));
        boolean cut = said.path("cut").asBoolean();
        findings.check(
                share >= 0 && share <= 1 && (cut || share == 1),
                "segment target",
                code + ": the share is " + share + (cut ? "" : ", and the village is not cut"));
        int part = Atom.residents(village, share);
        findings.check(
                residents == part,
                "segment target",
                code + ": residents is " + residents + ", " + share + " of " + village + " are " + part);
        return residents;
    }

    private double goal() {
        double goal = decimal("goal", manifest.path("goal"));
        if (!(goal >= 0 && goal <= 1)) {
            throw new IllegalArgumentException("a goal of " + goal);
        }
        return goal;
    }

    private static Audibility audibility(JsonNode row) {
        JsonNode said = row.path("audibility");
        return said.isMissingNode()
                ? Audibility.UNSURVEYED
                : new Audibility(
                        decimal("low", said.path("low")),
                        decimal("mid", said.path("mid")),
                        decimal("high", said.path("high")),
                        said.path("source").asText());
    }

    /** A number with a part, which stands as a text in the one form that it is written in. */
    private static double decimal(String name, JsonNode said) {
        double value = Double.parseDouble(said.asText());
        if (!said.isTextual() || !Double.toString(value).equals(said.asText())) {
            throw new IllegalArgumentException(name + " is no number in its usual form: " + said);
        }
        return value;
    }

    /** A count; a row that says none is told with its place. */
    private int count(PackFormat.Segment segment, String row, JsonNode from, String name) {
        JsonNode said = from.path(name);
        findings.check(
                said.isIntegralNumber() && said.canConvertToInt() && said.intValue() >= 0,
                "segment " + segment.word,
                row + ": " + name + " is no count: " + said);
        return Math.max(0, said.asInt());
    }

    private JsonNode canonical(PackFormat.Segment segment) throws IOException {
        findings.reading(segment);
        byte[] bytes = pack.bytes(segment);
        JsonNode read = CanonicalJson.read(bytes);
        findings.check(
                Arrays.equals(CanonicalJson.bytes(read), bytes), "segment " + segment.word, "is not in canonical form");
        return read;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** SHA-256 of a small segment, in lower-case hexadecimal. */
    static String hashOf(PackFile pack, PackFormat.Segment segment) throws IOException {
        return HexFormat.of().formatHex(PackFormat.sha256().digest(pack.bytes(segment)));
    }
}
