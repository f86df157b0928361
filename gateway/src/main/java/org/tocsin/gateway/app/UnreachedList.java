package org.tocsin.gateway.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.Ledger;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.report.CoverageSubject;
import org.tocsin.gateway.report.UnreachedPersons;
import org.tocsin.gateway.report.UnreachedPersons.Cause;

/**
 * Who was not reached, by name, for those who go and knock at doors. Names are the registry's now; of an address only
 * the ends are shown. Each page that is read is an act in the ledger, {@code unreached.read}.
 */
record UnreachedList(
        Dispatcher dispatcher,
        Registry registry,
        Map<String, Capabilities> capabilities,
        Ledger ledger,
        InstantSource clock) {
    private static final int PAGE = 200;
    private static final JsonMapper MAPPER = new JsonMapper();

    /**
     * A page, by the persons' numbers.
     *
     * @return UTF-8; empty where the issue was never planned
     * @throws IllegalArgumentException for a cause, village or cursor that there is not
     */
    Optional<byte[]> page(
            Warning warning,
            Principal principal,
            @Nullable String cause,
            @Nullable String village,
            @Nullable String cursor) {
        RegistryView view = registry.view();
        Set<Cause> causes = causes(cause);
        int wantedVillage = village == null ? -1 : villageNumber(view, village);
        int after = after(cursor);
        if (warning.signed() == null) {
            return Optional.empty();
        }
        Optional<IssueEvidence> evidence = dispatcher.evidence(warning.id());
        if (evidence.isEmpty()) {
            return Optional.empty();
        }
        return dispatcher.area(warning.id()).map(area -> {
            UnreachedPersons unreached = new UnreachedPersons(CoverageSubject.of(warning, area), evidence.get());
            RoaringBitmap wanted = new RoaringBitmap();
            causes.forEach(each -> wanted.or(unreached.numbers(each)));
            ObjectNode page = MAPPER.createObjectNode();
            ArrayNode rows = page.putArray("persons");
            page.putNull("cursor");
            PeekableIntIterator numbers = wanted.getIntIterator();
            numbers.advanceIfNeeded(after + 1);
            int last = after;
            while (numbers.hasNext()) {
                int number = numbers.next();
                if (view.people().isRemoved(number)
                        || (wantedVillage >= 0 && view.people().villageOf(number) != wantedVillage)) {
                    continue;
                }
                if (rows.size() == PAGE) {
                    page.put("cursor", Integer.toString(last));
                    break;
                }
                rows.add(row(view, number, causeOf(unreached, number), evidence.get()));
                last = number;
            }
            return kept(warning, principal, page);
        });
    }

    /** Nobody reads a name before the ledger has it. */
    private byte[] kept(Warning warning, Principal principal, ObjectNode page) {
        try {
            byte[] bytes = MAPPER.writeValueAsBytes(page);
            ledger.append(
                    new Deed(clock.instant(), principal.id(), "unreached.read", warning.id(), ContentHash.of(bytes)));
            return bytes;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ObjectNode row(RegistryView view, int number, Cause cause, IssueEvidence evidence) {
        Division village = view.divisions().village(view.people().villageOf(number));
        ObjectNode row = MAPPER.createObjectNode()
                .put("number", number)
                .put("name", view.people().name(number))
                .put("division", village.code())
                .put("village", village.name())
                .put("cause", cause.word());
        ObjectNode addresses = row.putObject("addresses");
        for (String channel : new TreeSet<>(evidence.channels())) {
            Capabilities known = capabilities.get(channel);
            if (known != null && known.addressing() instanceof Addressing.Person person) {
                String address = view.people().address(person.column(), number);
                if (address != null) {
                    addresses.put(channel, WarningReports.masked(address));
                }
            }
        }
        return row;
    }

    private static Cause causeOf(UnreachedPersons unreached, int number) {
        return Arrays.stream(Cause.values())
                .filter(cause -> unreached.numbers(cause).contains(number))
                .findFirst()
                .orElseThrow();
    }

    private static Set<Cause> causes(@Nullable String word) {
        if (word == null) {
            return EnumSet.allOf(Cause.class);
        }
        for (Cause cause : Cause.values()) {
            if (cause.word().equals(word)) {
                return EnumSet.of(cause);
            }
        }
        throw new IllegalArgumentException("cause must be one of "
                + Arrays.stream(Cause.values()).map(Cause::word).toList());
    }

    private static int villageNumber(RegistryView view, String code) {
        int number = view.divisions().villageNumber(code);
        if (number < 0) {
            throw new IllegalArgumentException("village must be the 12-digit code of a village of the registry");
        }
        return number;
    }

    private static int after(@Nullable String cursor) {
        if (cursor == null) {
            return -1;
        }
        if (!cursor.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("cursor must be one that a page gave");
        }
        return Integer.parseInt(cursor);
    }
}
