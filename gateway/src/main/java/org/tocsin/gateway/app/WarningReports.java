package org.tocsin.gateway.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Content;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.receipt.Delivery;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.CoverageReport;
import org.tocsin.gateway.report.CoverageTracker;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.SummaryKeeper;
import org.tocsin.gateway.report.pack.PackWriter;
import org.tocsin.gateway.store.Archive;
import org.tocsin.gateway.targeting.Estimate;
import org.tocsin.gateway.targeting.TargetRefused;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.web.Reports;

/** A warning's figures as the web end asks for them. */
record WarningReports(
        CoverageTracker tracker,
        CoverageReport report,
        Dispatcher dispatcher,
        Targeting targeting,
        Registry registry,
        Map<String, Capabilities> capabilities,
        InstantSource clock,
        PackWriter packs,
        Archive archive,
        SummaryKeeper summaries,
        UnreachedList unreachedPersons)
        implements Reports {
    private static final int PAGE = 200;
    private static final JsonMapper MAPPER = new JsonMapper();

    @Override
    public byte @Nullable [] coverage(Warning warning) {
        Optional<Archive.Sealed> sealed = sealed(warning);
        if (sealed.isPresent()) {
            return sealed.get().coverage();
        }
        return tracker.now(warning.id())
                .map(snapshot -> bytes(report.json(snapshot)))
                .orElse(null);
    }

    @Override
    public @Nullable Live live(Warning warning) {
        Optional<Archive.Sealed> sealed = sealed(warning);
        if (sealed.isPresent()) {
            return live(object(sealed.get().coverage()));
        }
        return tracker.told(warning.id())
                .map(snapshot -> live(report.json(snapshot)))
                .orElse(null);
    }

    private static Live live(ObjectNode coverage) {
        JsonNode divisions = coverage.remove("divisions");
        return new Live(bytes(coverage), bytes(CoverageReport.byCode(divisions)));
    }

    private static ObjectNode object(byte[] json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public @Nullable Path evidence(Warning warning) throws IOException {
        if (warning.signed() == null) {
            return null;
        }
        // Nobody else reads what lies here.
        Path folder = Files.createTempDirectory("tocsin-evidence");
        Path file = folder.resolve("pack");
        boolean written = false;
        try {
            Optional<Archive.Sealed> sealed = sealed(warning);
            if (sealed.isPresent()) {
                Files.copy(sealed.get().pack(), file);
                written = true;
            } else {
                written = packs.write(warning, file).isPresent();
            }
        } finally {
            if (!written) {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        }
        return written ? file : null;
    }

    /** Only what is closed can be sealed: no look into the archive for all others. */
    private Optional<Archive.Sealed> sealed(Warning warning) {
        return warning.closed() == null ? Optional.empty() : archive.find(warning.id());
    }

    @Override
    public @Nullable Reported report(Warning warning) {
        return summaries.report(warning).orElse(null);
    }

    @Override
    public AreaMap map(Reported of) {
        return AreaMap.of(
                registry.divisions(),
                of.summary().villages().stream().map(IssueSummary.Village::code).toList());
    }

    @Override
    public byte @Nullable [] unreached(
            Warning warning,
            Principal principal,
            @Nullable String cause,
            @Nullable String village,
            @Nullable String cursor) {
        requirePersons(warning);
        return unreachedPersons.page(warning, principal, cause, village, cursor).orElse(null);
    }

    private void requirePersons(Warning warning) {
        if (warning.closed() != null && archive.isRemoved(warning.id())) {
            throw new Removed();
        }
    }

    @Override
    public byte @Nullable [] estimate(Warning warning) {
        RegistryView view = registry.view();
        try {
            Estimate estimate = targeting.estimate(
                    targeting.target(Content.of(warning.alert()), warning.audience(), view, clock.instant()), view);
            return bytes(MAPPER.valueToTree(estimate));
        } catch (TargetRefused unknown) {
            return null;
        }
    }

    @Override
    public byte @Nullable [] deliveries(
            Warning warning, @Nullable String channel, @Nullable String state, @Nullable String cursor) {
        requirePersons(warning);
        Optional<IssueEvidence> found = dispatcher.evidence(warning.id());
        if (found.isEmpty()) {
            return null;
        }
        IssueEvidence evidence = found.get();
        Delivery.@Nullable State wanted = state == null ? null : stateOf(state);
        if (channel != null && !evidence.channels().contains(channel)) {
            throw new IllegalArgumentException("channel must be one of " + new TreeSet<>(evidence.channels()));
        }
        String from = cursor == null ? "" : cursor.substring(0, Math.max(0, cursor.indexOf(':')));
        int after = cursor == null ? -1 : numberOf(cursor);
        ObjectNode page = MAPPER.createObjectNode();
        ArrayNode rows = page.putArray("deliveries");
        for (String name : channel == null ? new TreeSet<>(evidence.channels()) : List.of(channel)) {
            if (name.compareTo(from) < 0) {
                continue;
            }
            int start = name.equals(from) ? after : -1;
            List<Delivery> deliveries = evidence.channel(name).deliveries(wanted, start, PAGE + 1 - rows.size());
            for (Delivery delivery : deliveries) {
                if (rows.size() == PAGE) {
                    page.put("cursor", rows.get(PAGE - 1).path("channel").asText() + ":" + last(rows));
                    return bytes(page);
                }
                rows.add(row(name, delivery));
            }
        }
        page.putNull("cursor");
        return bytes(page);
    }

    private ObjectNode row(String channel, Delivery delivery) {
        Reason reason = delivery.reason();
        ObjectNode row = MAPPER.createObjectNode()
                .put("channel", channel)
                .put("number", delivery.number())
                .put("addressee", addressee(channel, delivery.number()))
                .put("state", word(delivery.state()))
                .put("link", delivery.link());
        if (reason != null) {
            row.put("reason", reason.label());
        }
        if (!delivery.code().isEmpty()) {
            row.put("code", delivery.code());
        }
        return row;
    }

    /** A terminal's code, or a person's address of which only the ends are shown. */
    private String addressee(String channel, int number) {
        Capabilities known = capabilities.get(channel);
        if (known == null || known.addressing() instanceof Addressing.Terminal) {
            return registry.terminals().get(number).code();
        }
        String address = registry.people().address(((Addressing.Person) known.addressing()).column(), number);
        return masked(address);
    }

    /** An address of which only the ends are shown. */
    static String masked(@Nullable String address) {
        return address == null || address.length() < 8
                ? "****"
                : address.substring(0, 3) + "****" + address.substring(address.length() - 2);
    }

    private static int last(ArrayNode rows) {
        return rows.get(rows.size() - 1).path("number").asInt();
    }

    private static int numberOf(String cursor) {
        try {
            return Integer.parseInt(cursor.substring(cursor.indexOf(':') + 1));
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("cursor must be one that a page gave", none);
        }
    }

    private static Delivery.State stateOf(String word) {
        List<String> words = new ArrayList<>();
        for (Delivery.State state : Delivery.State.values()) {
            if (word(state).equals(word)) {
                return state;
            }
            words.add(word(state));
        }
        throw new IllegalArgumentException("state must be one of " + words);
    }

    private static String word(Delivery.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
